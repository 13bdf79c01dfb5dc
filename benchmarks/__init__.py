"""What the product costs, as ratios to a floor measured in the same run. `make bench` prints one line for each budget.

Ratios, because seconds say more about the machine than about the code. Each module but the ones named here measures
one thing, through the product's own services and pages on a throw-away database.
"""
