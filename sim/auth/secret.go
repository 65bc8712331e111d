package auth

// Secret is a password. However it is printed, what it says stays unsaid: only
// a conversion to string shows it.
type Secret string

const hidden = "(secret)"

// String hides the secret.
func (s Secret) String() string { return hidden }

// GoString hides it from %#v too.
func (s Secret) GoString() string { return hidden }

// MarshalText hides it from JSON and the like.
func (s Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }
