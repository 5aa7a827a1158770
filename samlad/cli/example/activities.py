"""The example activities: their duties, the indicators that measure them, and how far they lag behind.

Several are planned so that a gap in responsibility follows, or just does not: duties that nobody has, that are only
proposed, that were named and not handed on when districts merged, or that two organisations share with none leading.
"""

from samlad.cli.example.plans import ActivityPlan
from samlad.cli.example.prevention_activities import PREVENTION_ACTIVITIES
from samlad.cli.example.support_activities import SUPPORT_ACTIVITIES

ACTIVITIES: tuple[ActivityPlan, ...] = (*PREVENTION_ACTIVITIES, *SUPPORT_ACTIVITIES)
