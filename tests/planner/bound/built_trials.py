"""Trials of a conflict in problems of PuLP, each built anew: a second reading of the warm ones."""

import pulp

from planner.bound.solver import shadow_prices, solve_problem
from planner.bound.trials import PRICED


class BuiltTrials:
    """Answers as ``Trials`` does, and knows nothing of how those are found."""

    def __init__(self, rules):
        self._rules, self._prices, self._values = rules, {}, {}

    def give_way(self, hard, elastic):
        trial = self._problem(set(hard), set(elastic))
        answer = solve_problem(trial)
        self._values = answer.values
        if not answer.has_solution:
            return None
        self._prices = shadow_prices(trial)
        return answer.objective or 0.0

    def _problem(self, hard, elastic):
        trial, rules = pulp.LpProblem("trial", pulp.LpMinimize), self._rules
        objective = []
        for number, (group, names) in enumerate(rules.groups.items()):
            if group not in hard and group not in elastic:
                continue
            slacks = [
                (trial.add_variable(f"give.{number}.{side}", lowBound=0), sign)
                for side, sign in enumerate(rules.slacks(group) if group in elastic else ())
            ]
            objective += [(slack, rules.price(group)) for slack, _ in slacks]
            for name in names:
                row = rules.board.rows[name]
                given = [(slack, sign * rules.share(name)) for slack, sign in slacks]
                terms = pulp.LpAffineExpression([*row.total.in_pulp().items(), *given])
                trial.addConstraint(pulp.LpConstraint(terms, row.sense, rhs=row.limit), name)
        trial.setObjective(pulp.LpAffineExpression(objective))
        return trial

    def priced(self):
        return {
            group
            for group, names in self._rules.groups.items()
            if any(abs(self._prices.get(name, 0.0)) > PRICED for name in names)
        }

    def given(self, group):
        own = f"give.{list(self._rules.groups).index(group)}."
        return sum(value for name, value in self._values.items() if name.startswith(own))
