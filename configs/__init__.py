"""Data only: standards, diets, rules and sample requests, read by ``planner.targets.read``."""
