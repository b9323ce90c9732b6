// Boxes of a list stay as they are ticked, on this phone alone and without a network.
(() => {
  const boxes = document.querySelectorAll(".ticks input");
  const list = document.querySelector(".aisles");
  const key = `magplan ${document.title} ${boxes.length} ${list.textContent.length}`;
  let kept;
  try {
    kept = new Set(JSON.parse(localStorage.getItem(key)) || []);
  } catch {
    return;
  }
  boxes.forEach((box, at) => {
    box.checked = kept.has(at);
    box.addEventListener("change", () => {
      if (box.checked) kept.add(at);
      else kept.delete(at);
      localStorage.setItem(key, JSON.stringify([...kept]));
    });
  });
})();
