#!/usr/bin/env bash
# highspy 1.16.0 prints two lines on standard output, once per process, when the first model runs,
# although output_flag is off; 1.15.1 prints nothing. With PuLP 3.3.0 and msg=False it is the same. A program whose standard output
# is read by another one (JSON, CSV) cannot use 1.16.0 as it is.
# Seen: 1.15.1 -> 0 lines; 1.16.0 -> 2 lines per process, the first beginning with "Running HiGHS 1.16.0".
# Fails where this is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
cat >"$folder/quiet.py" <<'PYTHON'
import highspy

solver = highspy.Highs()
solver.setOptionValue("output_flag", False)
amount = solver.addVariable(lb=0, ub=4)
solver.addConstr(amount >= 1)
solver.minimize(amount)
PYTHON
cat >"$folder/modeller.py" <<'PYTHON'
import pulp

problem = pulp.LpProblem("quiet", pulp.LpMinimize)
servings = pulp.LpVariable("servings", 1, 4, cat="Integer")
problem += servings
problem.solve(pulp.HiGHS(msg=False))
PYTHON

lines_of() {
    "$folder/venv/bin/pip" install --quiet --disable-pip-version-check "highspy==$1" "pulp==3.3.0" 2>/dev/null
    "$folder/venv/bin/python" "$folder/quiet.py"
    "$folder/venv/bin/python" "$folder/modeller.py"
}
old=$(lines_of 1.15.1)
new=$(lines_of 1.16.0)
printf 'highspy 1.15.1 printed: %s\nhighspy 1.16.0 printed:\n%s\n' "${old:-nothing}" "$new"
[ -z "$old" ]
[ "$(grep -c "^Running HiGHS 1.16.0" <<<"$new")" = 2 ]
echo "as described: once for highspy itself, once through PuLP"
