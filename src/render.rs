//! render: one page of a plan -> its bytes. Pure; knows no disk.

pub mod html;
mod quotes;
pub mod theme;
mod unclosed;

pub use html::{RenderError, redirect, render};
pub use quotes::Quotes;
pub use theme::{Theme, ThemeError};
