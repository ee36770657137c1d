//! render: one page of a plan -> its bytes. Pure; knows no disk.

pub mod graph;
pub mod html;
pub mod measure;
pub mod number_line;
pub mod svg;
pub mod theme;

pub use html::{RenderError, redirect, render};
pub use theme::{Theme, ThemeError};
