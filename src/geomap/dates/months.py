"""Month names of other languages than English, in the forms that stand in dates.

Lower case throughout. They serve absolute dates only ("12 dekabr 2022"). One table line a
language: twelve months in order, the forms of one month joined by "|".
"""

from __future__ import annotations

_DAY_FIRST: dict[str, str] = {
    "az": "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
    "de": "januar|jänner februar märz april mai juni juli august september oktober november "
    "dezember",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre|setiembre octubre "
    "noviembre diciembre",
    "fr": "janvier février|fevrier mars avril mai juin juillet août|aout septembre octobre "
    "novembre décembre|decembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre "
    "dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pl": "styczeń|stycznia|styczniu luty|lutego|lutym marzec|marca|marcu "
    "kwiecień|kwietnia|kwietniu maj|maja|maju czerwiec|czerwca|czerwcu lipiec|lipca|lipcu "
    "sierpień|sierpnia|sierpniu wrzesień|września|wrześniu październik|października|październiku "
    "listopad|listopada|listopadzie grudzień|grudnia|grudniu",
    "pt": "janeiro fevereiro março|marco abril maio junho julho agosto setembro outubro novembro "
    "dezembro",
    "ru": "январь|января|январе|янв февраль|февраля|феврале|фев март|марта|марте|мар "
    "апрель|апреля|апреле|апр май|мая|мае июнь|июня|июне|июн июль|июля|июле|июл "
    "август|августа|августе|авг сентябрь|сентября|сентябре|сен|сент "
    "октябрь|октября|октябре|окт ноябрь|ноября|ноябре|ноя декабрь|декабря|декабре|дек",
    "tr": "ocak şubat|subat mart nisan mayıs|mayis haziran temmuz ağustos|agustos eylül|eylul ekim "
    "kasım|kasim aralık|aralik",
    "uk": "січень|січня|січні лютий|лютого|лютому березень|березня|березні "
    "квітень|квітня|квітні травень|травня|травні червень|червня|червні липень|липня|липні "
    "серпень|серпня|серпні вересень|вересня|вересні жовтень|жовтня|жовтні "
    "листопад|листопада|листопаді грудень|грудня|грудні",
}

_EITHER_WAY: dict[str, str] = {
    # the day may also follow the month: "2022-ci il dekabrın 12-də", "դեկտեմբերի 12-ին"
    "az": "yanvarın|yanvarda|yanvarında fevralın|fevralda|fevralında martın|martda|martında "
    "aprelin|apreldə|aprelində mayın|mayda|mayında iyunun|iyunda|iyununda "
    "iyulun|iyulda|iyulunda avqustun|avqustda|avqustunda sentyabrın|sentyabrda|sentyabrında "
    "oktyabrın|oktyabrda|oktyabrında noyabrın|noyabrda|noyabrında dekabrın|dekabrda|dekabrında",
    "hy": "հունվար|հունվարի|հունվարին փետրվար|փետրվարի|փետրվարին մարտ|մարտի|մարտին "
    "ապրիլ|ապրիլի|ապրիլին մայիս|մայիսի|մայիսին հունիս|հունիսի|հունիսին "
    "հուլիս|հուլիսի|հուլիսին օգոստոս|օգոստոսի|օգոստոսին սեպտեմբեր|սեպտեմբերի|սեպտեմբերին "
    "հոկտեմբեր|հոկտեմբերի|հոկտեմբերին նոյեմբեր|նոյեմբերի|նոյեմբերին "
    "դեկտեմբեր|դեկտեմբերի|դեկտեմբերին",
    "ka": "იანვარი|იანვარს თებერვალი|თებერვალს მარტი|მარტს აპრილი|აპრილს მაისი|მაისს "
    "ივნისი|ივნისს ივლისი|ივლისს აგვისტო|აგვისტოს სექტემბერი|სექტემბერს "
    "ოქტომბერი|ოქტომბერს ნოემბერი|ნოემბერს დეკემბერი|დეკემბერს",
}


def _numbers(lines: dict[str, str]) -> dict[str, int]:
    return {
        form: number
        for line in lines.values()
        for number, forms in enumerate(line.split(), 1)
        for form in forms.split("|")
    }


DAY_FIRST_MONTHS: dict[str, int] = _numbers(_DAY_FIRST)
"""Names before which the day stands, or a year after them alone."""

EITHER_WAY_MONTHS: dict[str, int] = _numbers(_EITHER_WAY)
"""Names that the day may also follow."""

CAPITAL_MONTHS = frozenset(_numbers({lang: _DAY_FIRST[lang] for lang in ("de", "tr")}))
"""Names that their own language writes with a capital; elsewhere "Mars 2020" is no month."""
