//! A resume, a posting and half an interview of somebody who does not exist: as long as such papers get.

/// What must be found again: it stands only in the first line of the resume.
pub(super) const CODE: &str = "heliotrope";
/// About as many characters as a long resume, a posting and half an interview have.
const LONG_CHARS: usize = 24_000;

const PLACES: [&str; 6] = [
    "Nordkyst Ferries, Tromsø",
    "Harbour Office, Bodø",
    "Fjellbank, Trondheim",
    "Municipal Water Works, Narvik",
    "Lofoten Seafood Export, Svolvær",
    "Arctic Rail Freight, Kiruna",
];

const DUTIES: [&str; 8] = [
    "Moved the booking database of 40 million rows to a new version without a minute of downtime.",
    "Read query plans with two junior engineers every Friday and brought searches from four seconds to ninety milliseconds.",
    "Wrote the runbook that the night shift follows when the timetable service does not answer.",
    "Took part in the rota of five who are called at night, and halved the number of calls within a year.",
    "Agreed with the pier staff on a printed fallback for days without a network.",
    "Replaced a nightly export by a stream of events, so that the accounts were right by noon.",
    "Taught a course of six evenings on SQL for colleagues from the ticket office.",
    "Measured the load of the summer season and planned two machines less than the year before.",
];

const POSTING: [&str; 6] = [
    "We look for an engineer who keeps services running that people on islands depend on.",
    "You bring experience with relational databases under load, and you can explain a query plan.",
    "You write plainly, for colleagues on board as well as for those at a desk.",
    "You have been on call before, and you know what makes a good night.",
    "We offer a small team, a view of the harbour and time to finish what you begin.",
    "Knowledge of Norwegian is an advantage; we speak English in the team.",
];

const TALK: [&str; 4] = [
    "Interviewer: Tell me about a time when something broke while people depended on it.",
    "Candidate: On a Friday in July the search took four seconds, and the queue at the pier grew. I read the plan, saw a scan \
     of the whole table, and tried an index on a copy first.",
    "Interviewer: What did you do so that it would not happen again?",
    "Candidate: We test the ten slowest queries each night now, and the list is on the wall of the office.",
];

/// The papers, and the question after them.
pub(super) fn long_request() -> String {
    let mut text = format!("Resume of Marit Solheim. Reference number of this application: {CODE}.\n\n");
    for (number, place) in (0..).zip(PLACES.iter().cycle()).take(18) {
        text.push_str(&format!("{}-{}: Engineer, {place}\n", 1988 + 2 * number, 1990 + 2 * number));
        let duties = DUTIES.iter().cycle().skip(number * 3).take(6);
        duties.for_each(|duty| text.push_str(&format!("- {duty}\n")));
    }
    text.push_str("\nThe posting\n");
    POSTING.iter().for_each(|line| text.push_str(&format!("{line}\n")));
    text.push_str("\nThe interview so far\n");
    for line in TALK.iter().cycle() {
        if text.len() > LONG_CHARS {
            break;
        }
        text.push_str(&format!("{line}\n"));
    }
    text.push_str(
        "\nWhat is the reference number in the first line of the resume? Reply with that word only.",
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_papers_are_long_and_hold_the_code_once() {
        let text = long_request();
        assert!((LONG_CHARS..LONG_CHARS + 600).contains(&text.len()), "{}", text.len());
        assert_eq!(text.matches(CODE).count(), 1);
        assert!(text.find("The interview so far").expect("a talk") < 18_000, "there is a talk");
    }
}
