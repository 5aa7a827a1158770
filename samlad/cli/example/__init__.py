"""The example: a made-up programme around the verified core, with reports that have what real ones have.

The story underneath, which is nobody's but ours: goals 3 and 7 move, goals 1 and 2 a little, goal 4 is mixed, goal 6
stands still and goal 5 goes the wrong way. Of the districts Skärholmen and Farsta do better and Södermalm worse for
real; between all others only chance differs. In most indicators where they differ the differences last; in the one on
methods (EX-M7-I3) they close.
"""

from samlad.cli.example.example_maker import make_example

__all__ = ["make_example"]
