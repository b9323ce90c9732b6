"""Pills in exports of other programs: each figure by its own nutrient, whatever the category."""

import pytest

from tests.planner.safety.test_reviews import answer

HEAD = "Day,Group,Food Name,Amount,Energy (kcal),Magnesium (mg),Vitamin C (mg),Category\n"
OATS = '2026-03-02,Breakfast,"Oats, rolled",100 g,380,138,0,Cereals\n'


@pytest.mark.parametrize(
    ("row", "said", "unsaid"),
    [
        ("Fish oil,1.00 softgel,10,0,0,Supplements", "Magnesium", "cannot convert"),
        ("Magnesium Glycinate,4.00 capsule,0,480,0,", "pills hold 480 mg", "606 mg"),
        ("Magnesium Glycinate,1.00 capsule,5,200,0,Supplements", "from pills: 200 mg", "205"),
        ("Trial Gummies,2.00 gummy,3,20,3000,Supplements", "from pills: 20 mg", "poison"),
    ],
)
def test_a_pill_counts_by_its_own_nutrient(tmp_path, monkeypatch, row, said, unsaid):
    path = tmp_path / "servings.csv"
    path.write_text(f"{HEAD}2026-03-02,Breakfast,{row}\n{OATS}", encoding="utf-8")
    code, text = answer(f"analyse {path} M ", monkeypatch)
    assert code == 0
    assert said in text
    assert unsaid not in text
