"""Gaps within one report: what is one, and the many pairs that only look like one."""

from __future__ import annotations

import dataclasses

from diurna.annotate.pipeline import AnnotateOptions
from diurna.flow.reading import annotator_for, read_report
from diurna.link.commitments import open_commitments
from diurna.link.gaps import REJECTED, find_gaps
from diurna.model.record import Gap
from diurna.sources.reader import report_from_text
from tests.link.builders import Scene, day


def only(gaps: list[Gap]) -> Gap:
    assert len(gaps) == 1, [(g.kind, g.reason) for g in gaps]
    return gaps[0]


def agreement(
    refusal: str = "“We will not hand over our mortars,”", *, refuser: str = "Tal", link: bool = True
) -> Scene:
    scene = Scene(
        f"The commanders of the Front agreed to hand in their weapons.\n{refusal} {refuser} said.\nThe sky was clear."
    )
    front = scene.actor("the Front", "organisation")
    commanders = scene.actor("The commanders of the Front")
    other = scene.actor(refuser, "person")
    scene.says(
        "The commanders of the Front",
        "to hand in their weapons",
        "agree",
        cue="agreed",
        lemma="agree",
        actor=commanders,
    )
    scene.says(refuser, refusal, "refuse", actor=other)
    if link:
        scene.relate("member_of", other, front)
        scene.relate("member_of", other, commanders)
    return scene


def test_an_agreement_against_the_refusal_of_one_of_its_side() -> None:
    gap = only(agreement().gaps())
    assert gap.kind == "agreement_refused"
    assert "hand in their weapons" in gap.reason
    assert "We will not hand over our mortars" in gap.reason
    assert {t.name for t in gap.tests} >= {"same actor", "same matter", "opposite polarity"}


def test_a_refusal_by_a_stranger_is_no_gap() -> None:
    scene = agreement(refuser="Mayor Quill", link=False)
    assert scene.gaps() == []


def test_a_refusal_of_something_else_is_no_gap() -> None:
    assert agreement("“We will not open the school,”").gaps() == []


def test_a_repeated_promise_is_no_gap() -> None:
    assert agreement("“We will not keep our mortars,”").gaps() == []


def test_a_refusal_that_came_before_the_agreement_is_no_gap() -> None:
    scene = agreement()
    scene.statements[0] = dataclasses.replace(scene.statements[0], said_at=day(20))
    scene.statements[1] = dataclasses.replace(scene.statements[1], said_at=day(3))
    assert scene.gaps() == []
    assert "lies before" in only(scene.gaps("no_gap")).reason


def test_a_conditional_agreement_stays_open() -> None:
    scene = Scene(
        "The Front agreed to hand in its weapons if the army leaves.\n“We will not hand them over,” the Front said."
    )
    front = scene.actor("The Front", "organisation")
    scene.says("The Front", "to hand in its weapons if the army leaves", "agree", cue="agreed", actor=front)
    scene.says("The Front", "“We will not hand them over,”", "refuse", actor=front)
    assert scene.gaps() == []
    assert "if the army leaves" in only(scene.gaps("unsure")).reason


def demand(refusal: str, *, refuser: str = "The Front", asked: str = "the Front") -> Scene:
    scene = Scene(f"The Council demanded that {asked} hand in its weapons.\n{refuser} answered at noon: {refusal}")
    council = scene.actor("The Council", "organisation", country="VEL")
    target = scene.actor(asked, "organisation", mentions=(asked,))
    who = target if refuser.lower() == asked.lower() else scene.actor(refuser, "organisation")
    scene.says(
        "The Council", f"that {asked} hand in its weapons", "demand", cue="demanded", lemma="demand", actor=council
    )
    scene.says(refuser, refusal, "refuse", actor=who)
    return scene


def test_a_demand_against_its_refusal() -> None:
    gap = only(demand("“We will not give up our weapons.”").gaps())
    assert gap.kind == "demand_refused"
    assert gap.left == "st-0"
    assert gap.right == "st-1"


def test_them_is_read_from_the_sentences_around() -> None:
    scene = Scene(
        "The Council demanded that the Front hand in its weapons.\n"
        "The Front said its arsenal was its own.\n“We will not hand them over,” the Front said."
    )
    council, front = scene.actor("The Council", "organisation"), scene.actor("the Front", "organisation")
    scene.says("The Council", "the Front hand in its weapons", "demand", cue="demanded", actor=council)
    scene.says("The Front", "“We will not hand them over,”", "refuse", actor=front)
    gap = only(scene.gaps())
    matter = next(t for t in gap.tests if t.name == "same matter")
    assert "“them” stands for something said before" in matter.why
    assert "arsenal" in matter.why


def test_them_is_not_read_as_what_the_text_never_speaks_of() -> None:
    scene = Scene(
        "The Council demanded that the Front hand in its weapons.\nIt rained.\nIt rained on.\nThe children came back.\n"
        "“We will not hand them over,” the Front said."
    )
    council, front = scene.actor("The Council", "organisation"), scene.actor("the Front", "organisation")
    scene.says("The Council", "the Front hand in its weapons", "demand", cue="demanded", actor=council)
    scene.says("the Front", "“We will not hand them over,”", "refuse", actor=front)
    assert scene.gaps() == []


def test_the_demand_may_be_named_only() -> None:
    scene = Scene("The Council demanded that the Front leave the valley.\nThe Front rejected the demand within hours.")
    council, front = scene.actor("The Council", "organisation"), scene.actor("the Front", "organisation")
    scene.says("The Council", "that the Front leave the valley", "demand", cue="demanded", actor=council)
    scene.says("The Front", "the demand", "refuse", cue="rejected", lemma="reject", actor=front)
    assert only(scene.gaps()).kind == "demand_refused"


def test_a_refusal_by_another_group_with_a_like_name_is_no_gap() -> None:
    scene = demand("“We will not give up our weapons.”", refuser="The Northern League", asked="the Southern League")
    assert scene.gaps() == []


def test_refusing_ones_own_demand_is_no_gap() -> None:
    scene = Scene(
        "The Council demanded that weapons be handed in.\n“We will not keep out of it,” the Council said of weapons."
    )
    council = scene.actor("The Council", "organisation")
    scene.says("The Council", "that weapons be handed in", "demand", cue="demanded", actor=council)
    scene.says("the Council", "“We will not keep out of it,” the Council said of weapons", "refuse", actor=council)
    assert scene.gaps() == []


def test_obeying_a_demand_not_to_do_it_is_no_gap() -> None:
    scene = Scene(
        "The Council demanded that the Front not use its weapons.\n“We will not use our weapons,” the Front said."
    )
    council, front = scene.actor("The Council", "organisation"), scene.actor("the Front", "organisation")
    scene.says("The Council", "the Front not use its weapons", "demand", cue="demanded", actor=council)
    scene.says("the Front", "“We will not use our weapons,”", "refuse", actor=front)
    assert scene.gaps() == []


def denial(deed: str, trigger: str, *, doer: str = "Police", told: bool = False) -> Scene:
    scene = Scene(f"The ministry denied that police had shelled the market.\n{deed}")
    ministry = scene.actor("The ministry", "organisation")
    police = scene.actor("police", "organisation")
    scene.relate("part_of", police, ministry)
    scene.says("The ministry", "that police had shelled the market", "deny", cue="denied", lemma="deny", actor=ministry)
    who = police if doer == "Police" else scene.actor(doer, "organisation")
    teller = None
    if told:
        doctor = scene.actor("a doctor", "person")
        teller = scene.says("a doctor", "police shelled the market at noon", "assert", actor=doctor)
    scene.happens(trigger, "ASSAULT", deed, actor=who, told=teller)
    return scene


def test_a_denial_against_a_deed_the_report_tells() -> None:
    assert only(denial("Police shelled the market on Monday.", "shelled").gaps()).kind == "denied_deed"


def test_a_denial_against_what_another_party_tells_is_a_dispute() -> None:
    gaps = denial("So said a doctor: police shelled the market at noon", "shelled", told=True).gaps()
    assert {g.kind for g in gaps} == {"disputed_by_other"}


def test_the_same_deed_by_another_party_is_no_denied_deed() -> None:
    assert denial("The Army of Kest shelled the market.", "shelled", doer="The Army of Kest").gaps() == []


def test_another_deed_of_the_denier_is_no_denied_deed() -> None:
    assert denial("Police opened the market road.", "opened").gaps() == []


def test_a_planned_deed_is_no_denied_deed() -> None:
    scene = denial("Police shelled the market on Monday.", "shelled")
    scene.events[0] = dataclasses.replace(scene.events[0], realis="planned")
    assert scene.gaps() == []


def dispute(claim: str, denied: str) -> Scene:
    scene = Scene(f"Ortan accused Veldria of {claim}.\nVeldria denied {denied}.")
    ortan, veldria = scene.actor("Ortan", "state", country="ORT"), scene.actor("Veldria", "state", country="VEL")
    scene.says("Ortan", claim, "accuse", cue="accused", lemma="accuse", actor=ortan, to=veldria)
    scene.says("Veldria", denied, "deny", cue="denied", lemma="deny", actor=veldria)
    return scene


def test_an_accusation_against_its_denial() -> None:
    assert only(dispute("poisoning the river", "poisoning the river at night").gaps()).kind == "disputed_by_other"


def test_the_accusation_may_be_named_only() -> None:
    assert only(dispute("poisoning the river", "the allegation").gaps()).kind == "disputed_by_other"


def test_denying_something_else_is_no_dispute() -> None:
    assert dispute("poisoning the river", "closing its embassy").gaps() == []


def test_a_not_in_a_long_answer_is_no_denial_of_all_of_it() -> None:
    long = "we are not there yet, " + "and we talk of many other things, " * 8 + "of poisoning the river too"
    scene = Scene(f"Ortan accused Veldria of poisoning the river.\nVeldria said {long}.")
    ortan, veldria = scene.actor("Ortan", "state", country="ORT"), scene.actor("Veldria", "state", country="VEL")
    scene.says("Ortan", "Veldria of poisoning the river", "accuse", actor=ortan, to=veldria)
    scene.says("Veldria", long, "deny", cue="said", actor=veldria)
    assert scene.gaps() == []


def test_words_of_an_enemy_do_not_make_a_speaker_contradict_itself() -> None:
    scene = Scene(
        "Ortan says Veldria admitted poisoning the river with chlorine in spring.\n"
        "Veldria says nobody was poisoning the river with chlorine in spring."
    )
    ortan, veldria = scene.actor("Ortan", "state"), scene.actor("Veldria", "state")
    outer = scene.says("Ortan", "Veldria admitted poisoning the river with chlorine in spring", actor=ortan)
    scene.says(
        "Veldria", "poisoning the river with chlorine in spring", "admit", cue="admitted", actor=veldria, parent=outer
    )
    scene.says("Veldria", "nobody was poisoning the river with chlorine in spring", actor=veldria)
    assert [g for g in scene.gaps() if g.kind == "contradicts_self"] == []


def test_a_speaker_against_itself() -> None:
    scene = Scene(
        "Veldria says the pipeline to the harbour will stay open in winter.\n"
        "Veldria says the pipeline to the harbour will not stay open in winter."
    )
    veldria = scene.actor("Veldria", "state")
    scene.says("Veldria", "the pipeline to the harbour will stay open in winter", actor=veldria)
    scene.says("Veldria", "the pipeline to the harbour will not stay open in winter", actor=veldria)
    assert only(scene.gaps()).kind == "contradicts_self"


def crowd(*, place: bool = False, later: bool = False, same_source: bool = False, low: int = 3500) -> Scene:
    scene = Scene(
        "The Front says 9,000 people marched through Harrow.\n"
        "The ministry says 3,500 people marched through Lowly Harrow."
    )
    front, ministry = scene.actor("The Front", "organisation"), scene.actor("The ministry", "organisation")
    one = scene.says("The Front", "9,000 people marched through Harrow", actor=front)
    other = scene.says(
        "The ministry", "3,500 people marched through Lowly Harrow", actor=front if same_source else ministry
    )
    scene.happens(
        "marched", "PROTEST", "9,000 people marched through Harrow", told=one, at=day(11),
        place=scene.place("Harrow"), participants=scene.number("9,000", 9000, 9000),
    )  # fmt: skip
    scene.happens(
        "marched", "PROTEST", "3,500 people marched through Lowly Harrow", told=other, at=day(20 if later else 11),
        place=scene.place("Lowly Harrow" if place else "Harrow"),
        participants=scene.number("3,500", low, None if low < 3500 else 3500),
    )  # fmt: skip
    return scene


def test_two_counts_of_one_march() -> None:
    gap = only(crowd().gaps())
    assert gap.kind == "competing_numbers"
    assert "9,000" in gap.reason
    assert "3,500" in gap.reason


def test_counts_of_another_day_place_or_source_do_not_compete() -> None:
    for scene in (crowd(later=True), crowd(place=True), crowd(same_source=True), crowd(low=3400)):
        assert scene.gaps() == []


def test_a_promise_against_a_deed_of_the_same_party() -> None:
    scene = Scene(
        "The Front promised on 3 March to stop shelling the harbour.\nOn 5 March the Front shelled the harbour."
    )
    front = scene.actor("The Front", "organisation")
    scene.says("The Front", "to stop shelling the harbour", "promise", cue="promised", actor=front, at=day(3))
    scene.happens("shelled", "ASSAULT", "the Front shelled the harbour", actor=front, at=day(5))
    assert only(scene.gaps()).kind == "promise_unkept"


def test_a_deed_before_the_promise_or_by_others_does_not_break_it() -> None:
    for actor, when in (("the Front", 1), ("the League", 5)):
        text = f"The Front promised to stop shelling the harbour.\nThen {actor} shelled the harbour."
        scene = Scene(text)
        front = scene.actor("The Front", "organisation")
        doer = front if actor == "the Front" else scene.actor("the League", "organisation")
        scene.says("The Front", "to stop shelling the harbour", "promise", cue="promised", actor=front, at=day(3))
        scene.happens("shelled", "ASSAULT", f"{actor} shelled the harbour", actor=doer, at=day(when))
        assert scene.gaps() == []


def test_a_promise_not_yet_due_and_kept_so_far_is_no_gap() -> None:
    scene = Scene(
        "The Front promised to hand in its mortars by 31 March.\n"
        "On 5 March the Front handed in its mortars, 14 of them."
    )
    front = scene.actor("The Front", "organisation")
    scene.says("The Front", "to hand in its mortars by 31 March", "promise", cue="promised", actor=front, at=day(3))
    scene.happens("handed in", "COOPERATE", "the Front handed in its mortars", actor=front, at=day(5))
    assert scene.gaps() == []


def test_a_threat_and_its_deed() -> None:
    scene = Scene(
        "Ashgrove threatened on 3 March to close the valley road.\nOn 5 March Ashgrove closed the valley road."
    )
    minister = scene.actor("Ashgrove", "person")
    scene.says("Ashgrove", "to close the valley road", "threaten", cue="threatened", actor=minister, at=day(3))
    scene.happens("closed", "COERCE", "Ashgrove closed the valley road", actor=minister, at=day(5))
    assert only(scene.gaps()).kind == "threat_carried_out"


def rally(agreeing: str = "faction leaders") -> Scene:
    scene = Scene(
        "Gunmen of the Front filled the square for a rally against disarmament.\n"
        "Their arsenal would stay, speakers at the rally said: “We will not hand it over.”\n"
        f"A judge announced that {agreeing} had agreed to coordinate on weapons control."
    )
    crowd, speakers = scene.actor("Gunmen of the Front", sector="UAF"), scene.actor("speakers at the rally")
    leaders, judge = scene.actor(agreeing), scene.actor("A judge", "person")
    scene.happens("filled", "PROTEST", "Gunmen of the Front filled the square", actor=crowd)
    scene.says("speakers at the rally", "“We will not hand it over.”", "refuse", actor=speakers)
    outer = scene.says(
        "A judge", f"that {agreeing} had agreed to coordinate on weapons control", "announce", actor=judge
    )
    scene.says(agreeing, "to coordinate on weapons control", "agree", cue="agreed", actor=leaders, parent=outer)
    return scene


def test_speakers_at_a_rally_speak_for_those_who_hold_it() -> None:
    gap = only(rally().gaps())
    assert gap.kind == "agreement_refused"
    assert "as A judge tells it" in gap.reason
    assert "spoke at the rally of" in next(t.why for t in gap.tests if t.name == "same actor")


def test_a_rally_of_one_group_does_not_bind_a_group_of_another_name() -> None:
    assert rally("leaders of Kestmark's League").gaps() == []


def test_calling_ones_own_what_others_agreed_to_give_up() -> None:
    scene = Scene(
        "Oskeld said the commanders had agreed to hand in their mortars.\n“We will not hand in our mortars,” Tal said."
    )
    commanders, tal = scene.actor("the commanders"), scene.actor("Tal", "person")
    scene.says("the commanders", "to hand in their mortars", "agree", cue="agreed", actor=commanders)
    scene.says("Tal", "“We will not hand in our mortars,”", "refuse", actor=tal)
    assert "our mortars" in next(t.why for t in only(scene.gaps()).tests if t.name == "same actor")


def test_a_headline_gives_way_to_the_body() -> None:
    scene = Scene(
        "Deputies refuse to hand over mortars\nThe Front agreed to hand in its mortars.\n"
        "“We will not hand in our mortars,” the Front's deputies said."
    )
    front, deputies = scene.actor("The Front", "organisation"), scene.actor("the Front's deputies")
    title = scene.actor("Deputies")
    scene.relate("part_of", deputies, front)
    scene.relate("part_of", title, front)
    scene.says("Deputies", "to hand over mortars", "refuse", cue="refuse", lemma="refuse", actor=title)
    scene.says("The Front", "to hand in its mortars", "agree", cue="agreed", actor=front)
    scene.says("the Front's deputies", "“We will not hand in our mortars,”", "refuse", actor=deputies)
    reading = scene.reading()
    blocks = (dataclasses.replace(reading.report.blocks[0], kind="headline"), *reading.report.blocks[1:])
    with_headline = dataclasses.replace(reading, report=dataclasses.replace(reading.report, blocks=blocks))
    gap = only([g for g in find_gaps(with_headline) if g.verdict != "no_gap"])
    assert (gap.left, gap.right) == ("st-1", "st-2")


def unsaid(answer: str, act: str, *, cue: str = "said", lemma: str = "say", by: str = "Estle") -> Scene:
    scene = Scene(f"Banning said that Estle had promised to send inspectors.\n{by}’s office {cue} {answer}.")
    banning, estle = scene.actor("Banning", "person"), scene.actor("Estle", "person")
    office = scene.actor(f"{by}’s office", "organisation")
    outer = scene.says("Banning", "that Estle had promised to send inspectors", actor=banning)
    scene.says("Estle", "to send inspectors", "promise", cue="promised", lemma="promise", actor=estle, parent=outer)
    scene.says(f"{by}’s office", answer, act, cue=cue, lemma=lemma, actor=office)  # type: ignore[arg-type]
    return scene


def test_a_promise_against_the_word_that_there_was_none() -> None:
    gap = only(unsaid("that no promise had been made", "assert").gaps())
    assert gap.kind == "disputed_by_other"
    assert "Banning told of a promise" in gap.reason


def test_neither_confirming_nor_denying_is_no_denial() -> None:
    scene = unsaid("there was a promise", "deny", cue="would neither confirm nor deny", lemma="deny")
    assert scene.gaps() == []


def test_a_third_party_cannot_unsay_a_promise() -> None:
    assert unsaid("that no promise had been made", "assert", by="Quillon").gaps() == []


def test_a_promise_that_was_kept_in_mind_is_not_unsaid() -> None:
    assert unsaid("that the promise would be kept", "assert").gaps() == []


def test_that_account_is_the_one_before_it() -> None:
    scene = Scene("Oskeld said the fighters had fled.\nTal rejected that account.")
    oskeld, tal = scene.actor("Oskeld", "person"), scene.actor("Tal", "person")
    scene.says("Oskeld", "the fighters had fled", actor=oskeld)
    scene.says("Tal", "that account", "refuse", cue="rejected", lemma="reject", actor=tal)
    assert only(scene.gaps()).kind == "disputed_by_other"


def test_the_allegations_about_somebody_else_are_not_answered() -> None:
    scene = Scene("Ortan accused Kest of poisoning the river.\nVeldria denied the allegations.")
    ortan, kest = scene.actor("Ortan", "state", country="ORT"), scene.actor("Kest", "state", country="KES")
    veldria = scene.actor("Veldria", "state", country="VEL")
    scene.says("Ortan", "Kest of poisoning the river", "accuse", cue="accused", lemma="accuse", actor=ortan, to=kest)
    scene.says("Veldria", "the allegations", "deny", cue="denied", lemma="deny", actor=veldria)
    assert scene.gaps() == []


def verdicts(one: str, other: str) -> Scene:
    scene = Scene(f"Ortan called {one}.\nVeldria called {other}.")
    ortan, veldria = scene.actor("Ortan", "state", country="ORT"), scene.actor("Veldria", "state", country="VEL")
    scene.says("Ortan", one, "express", cue="called", lemma="call", actor=ortan)
    scene.says("Veldria", other, "express", cue="called", lemma="call", actor=veldria)
    return scene


def test_opposite_verdicts_on_one_thing() -> None:
    scene = verdicts("the pipeline treaty “null and void”", "the pipeline treaty “fully legitimate”")
    assert only(scene.gaps()).kind == "disputed_by_other"


def test_verdicts_that_agree_or_are_on_other_things_are_no_gap() -> None:
    for one, other in (
        ("the pipeline treaty “illegal”", "the pipeline treaty “not legitimate”"),
        ("the pipeline treaty “illegal”", "the harvest festival “legitimate”"),
        ("illegal loggers a danger to the pipeline treaty", "the pipeline treaty “legitimate”"),
    ):
        assert verdicts(one, other).gaps() == []


def test_numbers_of_different_people_do_not_compete() -> None:
    other = Scene(crowd().text.replace("3,500 people marched", "3,500 Kestmark nurses marched"))
    front, ministry = other.actor("The Front", "organisation"), other.actor("The ministry", "organisation")
    one = other.says("The Front", "9,000 people marched through Harrow", actor=front)
    two = other.says("The ministry", "3,500 Kestmark nurses marched through Lowly Harrow", actor=ministry)
    for told, count, phrase in (
        (one, "9,000", "9,000 people marched through Harrow"),
        (two, "3,500", "3,500 Kestmark nurses marched through Lowly Harrow"),
    ):
        number = other.number(count, int(count.replace(",", "")), int(count.replace(",", "")))
        other.happens(
            "marched", "PROTEST", phrase, told=told, at=day(11), place=other.place("Harrow"), participants=number
        )
    assert other.gaps() == []


def test_two_people_of_one_government_do_not_bind_each_other() -> None:
    scene = Scene(
        "Minister Quill agreed to hand in the weapons.\n“We will not hand over the weapons,” Minister Marsh said."
    )
    quill = scene.actor("Minister Quill", "person", country="VEL", sector="GOV")
    marsh = scene.actor("Minister Marsh", "person", country="VEL", sector="GOV")
    scene.says("Minister Quill", "to hand in the weapons", "agree", cue="agreed", actor=quill)
    scene.says("Minister Marsh", "“We will not hand over the weapons,”", "refuse", actor=marsh)
    assert scene.gaps() == []


def test_the_report_is_linked_the_same_way_twice() -> None:
    reading = agreement().reading()
    assert find_gaps(reading) == find_gaps(reading)
    assert open_commitments(reading) == reading.commitments


def test_rejected_pairs_are_bounded() -> None:
    lines = [f"The Front {i} agreed to hand in its weapons." for i in range(30)]
    scene = Scene("\n".join([*lines, "“We will not hand over our weapons,” the League said."]))
    league = scene.actor("the League", "organisation")
    for i in range(30):
        front = scene.actor(f"The Front {i}", "organisation")
        scene.says(f"The Front {i}", "to hand in its weapons", "agree", actor=front)
    scene.says("the League", "“We will not hand over our weapons,”", "refuse", actor=league)
    assert len(scene.gaps("no_gap")) <= REJECTED
    assert scene.gaps() == []


def test_an_empty_report_has_no_gaps() -> None:
    assert find_gaps(Scene("").reading()) == ()


def gaps_in(text: str) -> list[Gap]:
    reading = read_report(report_from_text(text, published="2031-03-03"), annotator_for(AnnotateOptions()))
    return [one for one in reading.gaps if one.verdict == "gap"]


def test_a_denial_set_beside_a_claim_in_one_sentence_is_no_part_of_it() -> None:
    gap = only(
        gaps_in(
            "The Tarn Front says that its fighters took the town of Kolm, while the army of Norrow rejects the claim."
        )
    )
    assert gap.kind == "disputed_by_other"
    assert "rejects" not in gap.reason


def test_this_in_a_denial_is_what_was_said_right_before() -> None:
    gap = only(gaps_in("Vantia said that a soldier of Norrow opened fire, but Norrow denied this."))
    assert gap.kind == "disputed_by_other"


def test_a_word_turned_down_together_with_whose_it_is() -> None:
    gap = only(gaps_in("Norrow vetoed a resolution of the Assembly of States calling for a truce in Kolm."))
    assert gap.kind == "demand_refused"
