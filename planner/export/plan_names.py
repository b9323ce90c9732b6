"""What the files of a kept plan are called."""

PLAN_FILE, REQUEST_FILE, SHOPPING_FILE = "plan.json", "request.toml", "shopping.csv"
PLAN_FILES = (PLAN_FILE, REQUEST_FILE, SHOPPING_FILE)
