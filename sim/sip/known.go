package sip

// known is a value of a message as it was last read. Check, transport,
// transactions and dialogs ask for the same few of each message; it holds for
// as long as the text is equal; "" is never known.
type known[T any] struct {
	text  string
	value T
	good  bool // it could be read
	plain bool // it was read at a glance: Check has nothing to say of it
}

// glance makes text the value if look knows it.
func (k *known[T]) glance(text string, look func(*T, string) bool) bool {
	if k.text != text || text == "" {
		k.text = ""
		if k.plain = look(&k.value, text); k.plain {
			k.text, k.good = text, true
		}
	}
	return k.plain
}

// read makes text the value, at a glance if it can.
func (k *known[T]) read(text string, look func(*T, string) bool, parse func(string) (T, error)) {
	if k.glance(text, look) || k.text == text && text != "" {
		return
	}
	v, err := parse(text)
	k.text, k.value, k.good = text, v, err == nil
}

// Via is the topmost Via. What is wrong with it Check tells: here it is false
// when there is none or it cannot be read.
func (m *Message) Via() (Via, bool) {
	k := m.topmost()
	return k.value, k.good
}

// topmost reads the topmost Via. A message without one has an empty one.
func (m *Message) topmost() *known[Via] {
	k := &m.via
	if s := m.Get(NameVia); s != "" {
		k.read(s, (*Via).glance, ParseVia)
	} else {
		*k = known[Via]{}
	}
	return k
}

// Branch is the branch parameter of the topmost Via.
func (m *Message) Branch() string { return m.topmost().value.Branch() }

// From is the From value, as far as it can be read.
func (m *Message) From() NameAddr { return m.address(NameFrom, &m.from).value }

// To is the To value, as far as it can be read.
func (m *Message) To() NameAddr { return m.address(NameTo, &m.to).value }

// address reads the first value of n. A message without one has an empty one.
func (m *Message) address(n Name, k *known[NameAddr]) *known[NameAddr] {
	if s := m.Get(n); s != "" {
		k.read(s, (*NameAddr).glance, ParseNameAddr)
	} else {
		*k = known[NameAddr]{}
	}
	return k
}

// CSeq is the CSeq value, as far as it can be read.
func (m *Message) CSeq() CSeq {
	s := m.Get(NameCSeq)
	if s == "" {
		return CSeq{}
	}
	m.cseq.read(s, (*CSeq).glance, ParseCSeq)
	return m.cseq.value
}
