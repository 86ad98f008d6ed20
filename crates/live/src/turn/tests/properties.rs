//! What holds whatever happens.

use crate::fuzz::Held;
use crate::turn::{AnswerKind, Input, ReplyId, StretchId};
use proptest::prelude::*;

fn input() -> impl Strategy<Value = (Input, u64)> {
    let reply = (1u64..4).prop_map(ReplyId);
    let stretch = (1u64..9).prop_map(StretchId);
    let text = prop_oneof![Just(String::new()), Just("mhm".to_owned()), Just("I built a boat.".to_owned())];
    let what = prop_oneof![
        20 => any::<bool>().prop_map(|voiced| Input::Frame { voiced }),
        2 => Just(Input::Tick),
        2 => (stretch.clone(), text.clone(), any::<bool>())
            .prop_map(|(stretch, text, is_final)| Input::Words { stretch, text, is_final }),
        1 => stretch.prop_map(|stretch| Input::NoWords { stretch }),
        1 => Just(Input::Done),
        1 => text.clone().prop_map(|text| Input::Typed { text }),
        2 => (reply.clone(), any::<bool>())
            .prop_map(|(reply, is_last)| Input::Reply { reply, kind: AnswerKind::Telling, is_last }),
        2 => (reply.clone(), text, 0u64..3_000).prop_map(|(reply, text, ms)| Input::Sentence { reply, text, ms }),
        2 => reply.clone().prop_map(|reply| Input::Whole { reply }),
        1 => reply.clone().prop_map(|reply| Input::Unspeakable { reply }),
        3 => (reply, 0u64..20_000).prop_map(|(reply, ms)| Input::Played { reply, ms }),
        1 => any::<bool>().prop_map(Input::Muted),
        1 => Just(Input::Lost),
        1 => Just(Input::Back),
    ];
    (what, 0u64..400)
}

proptest! {
    /// Frames come in runs, as voices do.
    #[test]
    fn nothing_ends_twice_and_nothing_plays_that_did_not_begin(steps in prop::collection::vec((input(), 1usize..40), 0..250)) {
        let mut held = Held::default();
        held.happens(Input::Connected, 0);
        for ((what, gap), times) in steps {
            let times = if matches!(what, Input::Frame { .. }) { times } else { 1 };
            for _ in 0..times {
                held.happens(what.clone(), if times > 1 { 16 } else { gap });
            }
        }
    }
}
