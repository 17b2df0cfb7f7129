"""Words that say nothing about what a text is about, in their usual spelling.

"us" and "may" are not among them: here they are a country and a month as well.
"""

_ENGLISH = """
a about above after all already also am an and another any are as at be because been before being
below between both but by can cannot could did do does doing done down during each either else every
for from get had has have having he her here him his how however i if in instead into is it its just
let like me might must my neither no nor not now of off on one only onto or other others our out
over rather s she should since so some still such t than that the their them then there these they
this those though through thus to too under until up very was we were what whatever when where
whether which while who whoever whom whose why will with within without would you your
"""

# Each also stands with و before it.
_ARABIC = """
إذ إذا إلا التي الذي الذين اللاتي اللتان اللتي اللذان اللذين إلى إليه إليها إليهم أم أما أن أنا أنت
أنه أنها أنهم أو أولئك أي أية أيضا إن إنه إنها إنهم أين ب بأن بأنه بأنها بعد بل بلا بما بماذا بها
بهم بهذا بهذه به بين تكون تلك تم ثم حتى حول حيث حين خلال ذلك سوف عما عن عند عندما عنه عنها عنهم على
عليه عليها عليهم ف فإن فقد فقط فلا فما فهذا فهو فهي فوق في فيما فيه فيها فيهم قبل قد ك كأن كان كانت
كانوا كذلك كل كلا كلما كم كما كي كيف ل لا لأن لأنه لأنها لدى لديه لديها لديهم لذا لذلك لقد لكن لكنه
لكنها لكي لم لما لماذا لمن لن لنا له لها لهذا لهذه لهم لو لي ليس ليست ما ماذا متى مثل مع معه معها
معهم مما ممن من منذ منه منها منهم نحن هذا هذان هذه هكذا هل هم هما هن هنا هناك هو هؤلاء هي يتم يكون
"""

STOP_WORDS = frozenset(
    [*_ENGLISH.split(), *_ARABIC.split(), "و", *(f"و{word}" for word in _ARABIC.split())]
)
