"""Which encoding some bytes are probably in: for `--encoding auto`, and for messages that say what to set.

East Asian double-byte encodings decode each other's text into characters that nobody writes, so the one whose characters are common
wins. A general detector needs a page of text for that; articles can be two lines.
"""

from __future__ import annotations

import codecs
import re

from checker.expressions import lazy

NAMES = {"big5hkscs": "big5", "cp950": "big5", "cp932": "shift_jis", "euc_jp": "euc-jp", "cp949": "euc-kr", "koi8_r": "koi8-r"}
SAMPLE = 64 << 10  # bytes that are looked at
EAST_ASIAN = ("gb18030", "big5hkscs", "cp950", "euc_jp", "cp932", "cp949")  # of equals the first
OTHERS = ("cp1252", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254")  # what charset-normalizer chooses from
_JAPANESE = ("euc_jp", "cp932")
ENOUGH = 0.35  # mean weight of the characters beyond ASCII: Chinese prose has 0.7, prose in a wrong encoding below 0.2
FEW = 12  # characters beyond ASCII, perhaps one name, of which none need be common

_SIMPLIFIED = (
    "一是人了不在有大中国和为这上他个地年来我会以到时要出的生学说道民家子也成行下们于后就发自之对得主长可过天作分方用多你着部能市等业全里工公经本都而高政法面门动日进区事代那去心小同北定开产前其军还然起种所如现理机体表力好外与文当两实重新三么只山水"
    "关明从化平建又制南内西没此将员名手最东头者月间无安看见各城十相但已些正口通想度加第她合院物性战由位常点海意场武使次二向治因立数样身情入原问把路被并利石老教万知级量任江及应省资委务元美特期世湖回系比气汉总展电科金先声提品设或义王社很统处四首共马"
    "形己儿司太目基领队直计别女权话少流命至报米给打变果书清活几州华解议更称程今决张导术府才保交放管结师便走达族反再题色五京河接条规式县白它改风光运信受什组听布百济党指论强做取技黄神选记职号界件花类何眼传带空干农边据集联古广完质难增历史专官每住商即步"
    "认车台必死游举线言皇土团收考求德叫近备研争非具众连调感转笑革该持始英克士尔让拉思根格造较际亲单朝红币链股票券投险涨跌益钱价买卖易银监融诈骗网址微群账户示警醒您请载源编辑转评者仅供参建议未经许注册邀码稳赚赔损获诈"
)
_TRADITIONAL = (
    "國爲為這個來會時學說們於後發對長過業裡經門動進區開產軍還種現機體與當兩實麼關從內沒將員東頭間無見戰點場數樣問並萬級應資務氣漢總電聲設義統處馬兒領隊計別權話報給變書幾華議稱決張導術結師達題條規縣風運組聽濟黨論強黃選記卻職號類傳帶幹農邊據聯廣質"
    "陽難歷專認車臺遊舉線團備爭眾連調轉該爾讓較際親單紅幣鏈漲錢價買賣銀監騙網帳戶請載編輯評僅參議經許註冊碼訊繫讀穩賺賠損獲詐僅"
)
_HANGUL = (
    "이다는을를에의가은고하지로도한서기사자대그나인리라들해으와과시어있정니까수습보일것게부주전제원투험금융권유격장코비트익률글문매급락산위"
)
_COMMON = frozenset(_SIMPLIFIED + _TRADITIONAL + _HANGUL)
_LATIN = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüýßœÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŒ£€“”‘’„–—…©®°·«»¿¡•™½¼¾²³§\u00a0")
_WORD = re.compile(rb"[\x80-\xff]{3}")  # French has no three accents in a row; Russian and Chinese have little else
_MARKS = lazy("[\u2018-\u201d\u2026\u2014\u3000-\u3011\uff01-\uff5e·]")
_ASCII = lazy("[\x00-\x7f]+")
_KANA = lazy("[\u3041-\u30fe]")
_WRONG = lazy("[\ue000-\uf8ff\uff61-\uff9f\x80-\x9f\u3400-\u4dbf\u0370-\u06ff\U00010000-\U0010ffff]")


def detect(data: bytes) -> str | None:
    """The likely encoding of bytes that are not UTF-8, as one would name it, None where none fits. Equal bytes give equal answers."""
    codec = _western(data) or _east_asian(data) or _other(data)
    return NAMES.get(codec, codec.replace("cp125", "windows-125")) if codec else None


def _western(data: bytes) -> str | None:
    if not _WORD.search(data[:SAMPLE]) and _decodes(data, "cp1252") and all(c in _LATIN for c in _beyond(data, "cp1252")):
        return "cp1252"
    return None


def _east_asian(data: bytes) -> str | None:
    best, name = -1.0, None
    for codec in EAST_ASIAN:
        if _decodes(data, codec) and (found := _weight(_beyond(data, codec), codec in _JAPANESE)) > best:
            best, name = found, codec
    if name is not None and (best >= ENOUGH or (best >= 0 and len(_beyond(data, name)) < FEW)):
        return name
    return None


def _other(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    match = from_bytes(data[:SAMPLE], cp_isolation=list(OTHERS), preemptive_behaviour=False).best()
    return match.encoding if match is not None and _decodes(data, match.encoding) else None


def is_damaged_utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8 but for a few: a cut or overwritten file, which no other encoding would mend."""
    text = data[:SAMPLE].decode("utf-8", "replace")
    bad = text.count("\ufffd")
    return bad * 10 < sum(character > "\x7f" for character in text) - bad


def _decodes(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _beyond(data: bytes, codec: str) -> str:
    """The characters beyond ASCII of the beginning, without the half of one at its end."""
    return _ASCII.sub("", codecs.getincrementaldecoder(codec)().decode(data[:SAMPLE]))


def _weight(beyond: str, japanese: bool) -> float:
    """-1 to 1: how usual the characters are. Kana speak for Japanese only: EUC-JP and GBK have them at the same bytes."""
    total = 0.0
    for character in beyond:
        if character in _COMMON or (japanese and _KANA.match(character)):
            total += 1
        elif _WRONG.match(character):
            total -= 1
        elif _MARKS.match(character):
            total += 0.5
    return total / len(beyond) if beyond else 0.0
