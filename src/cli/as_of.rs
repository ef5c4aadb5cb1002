//! `as-of DATE VERB…`: any verb that looks, on a past state. The state is taken out of the arguments before they are parsed, so
//! that the verb behind it has all of its own options.

use super::session::{World, verb_typed};
use super::verb::Verb;
use crate::workspace::State;

/// The world as the verb behind `as-of DATE` sees it.
pub(super) fn taken(mut world: World) -> World {
    if verb_typed(&world.args) != Some(Verb::AsOf) {
        return world;
    }
    let Some(at) = world.args.iter().position(|arg| arg == Verb::AsOf.token()) else { return world };
    let state = world.args.get(at + 1).map(|arg| arg.to_string_lossy().into_owned());
    let Some(state) = state.filter(|state| !state.starts_with('-')) else { return world };
    world.args.drain(at..=at + 1);
    // the screen has no verb, but somebody may well write one
    if world.args.get(at).is_some_and(|arg| arg == "tui") {
        world.args.remove(at);
    }
    world.past = Some(State::parse(&state));
    world
}

/// Whether a verb looks at a plan and can look at a past one as well; a new verb does not before it is listed here.
pub(super) fn looks(verb: Verb) -> bool {
    matches!(
        verb,
        Verb::Tree
            | Verb::Show
            | Verb::Tasks
            | Verb::Matrix
            | Verb::Units
            | Verb::Targets
            | Verb::Log
            | Verb::Search
            | Verb::Check
            | Verb::Topic
            | Verb::Suggest
            | Verb::Meeting
            | Verb::Draft
            | Verb::Opinion
    )
}
