//! Words to the world: places, dates, actors.

pub mod actor;
pub mod date;
pub mod place;
