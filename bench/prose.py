"""Seeded prose that compresses like a newspaper's: common words as they are, rarer ones made of a language's parts.

Words follow Zipf's law, and each article has a few words of its own that it keeps coming back to. 1,200 words,
gzipped at level 6, are 3.3 kB in English, 5.7 in Russian, 4.8 in Arabic, 3.4 in Chinese: 3 to 17 % more than the
demo's articles; `python -m bench.prose` prints both.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, product
from pathlib import Path
from random import Random
from statistics import median

RARE_WORDS = 9000
PARAGRAPH = (45, 95)  # words
SENTENCE = (6, 24)
CLAUSE = 0.09  # of the words end with a comma
OWN_WORDS, OWN_SHARE = 28, 0.08  # of an article, and how many of its words are these


@dataclass(frozen=True)
class Tongue:
    """A language as a generator needs it; `common` is in the order of frequency."""

    common: str
    heads: str  # what a syllable begins with
    hearts: str  # its vowels
    tails: str  # what it may end with; "-" is nothing
    endings: str  # what a word may end with
    syllables: tuple[int, ...] = (1, 2, 2, 3)
    share: float = 0.46  # of the words are common ones
    breadth: int = 6  # the more, the more different words: endings make a Russian word many
    space: str = " "
    comma: str = ", "
    stop: str = "."


TONGUES = {
    "en": Tongue(
        common="the of and to a in that was it for on is with as at by he from had be his this they not which or "
        "were are but one have an her she their you all there been we who would has will when more no if out so "
        "said what up its about into than them can only other new some time could these two may then do first any "
        "my now such like our over man me even most made after also did many before must through back years where "
        "much your way well down should because each just those people too how little state good very make still",
        heads="b bl br c ch cl cr d dr f fl fr g gr h j l m n p pl pr r s sc sh sl sp st str t th tr v w wh",
        hearts="a e i o u ai ea ee ie oo ou a e i o e a o",
        tails="- - - b ck d l ll m n nd ng nt p r rd rk rt s ss st t tch x",
        endings="- - - - - s s s ed ed ing ing er ly tion al ment ness y ity",
        syllables=(1, 1, 1, 1, 2),
        share=0.52,
        breadth=4,
    ),
    "ru": Tongue(
        common="и в не на что он с как это по но они к у из за от так о же для бы только его её мы я был было были "
        "то все а если их до уже когда или ещё время который которые которая где нет после там может чтобы при "
        "без раз под год года лет чем сам два со один быть себя этот этого потом здесь между перед через можно "
        "больше тоже люди людей города город день дня сказал сказала говорит стал почти теперь первый надо",
        heads="б в г д ж з к л м н п р с т ф х ц ч ш бр вл гл гр др зн кл кр мн пл пр св сл см ст стр тр",
        hearts="а е и о у ы я ю а о е и о",
        tails="- - - - в г д з к л м н р с т й сть нь ль",
        endings="- - а у ы ом ами ов ой ого ому ый ая ое ые ых ить ать ал ала али ил ит ют ение ения ость ость ный",
        syllables=(1, 2, 2),
        share=0.32,
        breadth=200,
    ),
    "ar": Tongue(
        common="في من على إلى أن التي الذي عن ما لا هذا هذه كان كانت بعد قبل قال مع كل لم بين حتى أو ثم قد هو هي "
        "إن ذلك تلك عند غير منذ أي نحو كما لكن إذا هناك يوم سنة عام أكثر أول بعض وقد وكان وفي ومن لها له به فيه "
        "عليه منه أحد ليس سوى دون حين خلال وهو وهي أنه أنها الناس المدينة البيت الماء يكون تكون لأن ولا وقال",
        heads="ب ت ج ح خ د ر ز س ش ص ط ع غ ف ق ك ل م ن ه و ي",
        hearts="- - - - ا ي و",
        tails="- - - ب د ر س ع ف ق ل م ن",
        endings="- - - - ة ات ين ون ها هم ي ه نا ية",
        syllables=(1, 2, 2, 3),
        share=0.34,
        breadth=200,
        comma="، ",
    ),
    "zh": Tongue(
        common="的 了 在 是 和 一 不 他 我 有 这 个 人 们 中 上 来 到 说 为 地 也 就 对 要 她 着 那 你 以 会 自己 "
        "年 大 还 没有 可以 后 里 我们 他们 从 而 与 被 把 一个 两 去 什么 之 但 但是 因为 所以 如果 这样 已经 时候 "
        "现在 问题 工作 生活 城市 时间 知道 开始 很 都 又 只 再 更 最 将 向 并 等 让 给 下 前 多 小 新 其 几 每 第一",
        heads="",
        hearts="",
        tails="",
        endings="-",
        syllables=(1, 1, 2, 2, 2),
        share=0.38,
        space="",
        comma="，",
        stop="。",
    ),
}


def paragraphs(random: Random, language: str, words: int) -> list[str]:
    """That many words (of `TONGUES`) in paragraphs of a usual length; the same seed gives the same text."""
    tongue = TONGUES[language]
    told = _words(random, language, words)
    made = []
    while words > 0:
        length = random.randint(*PARAGRAPH)
        length = words if words < length + PARAGRAPH[0] else length
        words -= length
        made.append(_paragraph(random, tongue, [next(told) for _ in range(length)]))
    return made


def _words(random: Random, language: str, count: int) -> Iterator[str]:
    tongue, (rare, weights) = TONGUES[language], _rare(language)
    common, own = tongue.common.split(), random.choices(rare, cum_weights=weights, k=OWN_WORDS)
    stores = ((common, _zipf(len(common))), (own, _zipf(OWN_WORDS)), (rare, weights))
    drawn = [iter(random.choices(words, cum_weights=steps, k=count)) for words, steps in stores]
    shares = (tongue.share, OWN_SHARE, 1 - tongue.share - OWN_SHARE)
    return map(next, random.choices(drawn, shares, k=count))


def _paragraph(random: Random, tongue: Tongue, words: list[str]) -> str:
    sentences = []
    while words:
        length = random.randint(*SENTENCE)
        length = len(words) if len(words) < length + SENTENCE[0] else length
        sentence, words = words[:length], words[length:]
        said = "".join(word + (tongue.comma if random.random() < CLAUSE else tongue.space) for word in sentence[:-1])
        sentences.append(said[:1].upper() + said[1:] + sentence[-1] + tongue.stop)
    return tongue.space.join(sentences)


@cache
def _zipf(count: int, breadth: int = 6) -> tuple[float, ...]:
    return tuple(accumulate(1 / (rank + breadth) for rank in range(count)))


@cache
def _rare(language: str) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """A language's rarer words, most frequent first, and their weights added up."""
    tongue, random = TONGUES[language], Random(f"the words of {language}")
    characters = _characters() if language == "zh" else ()
    made: dict[str, None] = {}
    while len(made) < RARE_WORDS:
        made[_word(random, tongue, characters)] = None
    return tuple(made), _zipf(RARE_WORDS, tongue.breadth)


def _word(random: Random, tongue: Tongue, characters: tuple[str, ...]) -> str:
    size = random.choice(tongue.syllables)
    if characters:
        return "".join(random.choices(characters, cum_weights=_zipf(len(characters)), k=size))
    parts = [random.choice(part.split()) for part in (tongue.heads, tongue.hearts, tongue.tails) * size]
    return "".join([*parts, random.choice(tongue.endings.split())]).replace("-", "")


def _characters() -> tuple[str, ...]:
    """The 3,755 Chinese characters of everyday use: the first level of GB 2312."""
    codes = [bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)]
    made = [code.decode("gb2312", "ignore") for code in codes]
    Random("characters").shuffle(made)
    return tuple(filter(None, made))


def packed(text: list[str]) -> int:
    """Bytes of paragraphs gzipped as a page holds them."""
    return len(gzip.compress("".join(f"<p>{one}</p>" for one in text).encode(), 6, mtime=0))


def main() -> None:
    """Print bytes of generated prose, gzipped, beside the same number of words of the demo's articles."""
    for language, words in product(TONGUES, (400, 1200)):
        made = median(packed(paragraphs(Random(seed), language, words)) for seed in range(9))
        print(language, words, made, _beside(language, words) or "(the demo has none)")


def _beside(language: str, words: int) -> int:
    demo = Path(__file__).parents[1] / "tamizdat/demo/content/articles"
    bodies = (file.read_text("utf-8").split("\n+++\n")[-1] for file in sorted(demo.glob(f"*.{language}.md")))
    taken, count = [], 0
    for paragraph in "\n\n".join(bodies).split("\n\n"):
        if count < words:
            taken.append(paragraph)
            count += len(paragraph.split())
    return packed(taken) * words // max(count, words) if count else 0


if __name__ == "__main__":
    main()
