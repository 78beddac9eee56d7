//! Enums whose variants are names on the wire, so that a variant without a name cannot be written.

/// An enum without data: `Variant = "name"`, with all variants, and the names read and written.
macro_rules! names {
    ($(#[$outer:meta])* pub enum $enum:ident { $($(#[$inner:meta])* $variant:ident = $name:literal,)+ }) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $enum {
            $($(#[$inner])* $variant,)+
        }

        impl $enum {
            /// All of them, in the order of their page.
            pub const ALL: &'static [$enum] = &[$($enum::$variant,)+];

            /// The name on the wire, or its last part where the question belongs to a container.
            pub fn as_str(self) -> &'static str {
                match self {
                    $($enum::$variant => $name,)+
                }
            }

            /// Reads the name.
            pub fn parse(name: &str) -> Option<$enum> {
                $enum::ALL.iter().copied().find(|known| known.as_str() == name)
            }
        }
    };
}

pub(super) use names;
