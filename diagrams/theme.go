package diagrams

// ink is what a colour is for.
type ink uint8

const (
	noInk ink = iota
	paperInk
	mainInk
	softInk
	faintInk
	panelInk
	barInk
	askInk
	goodInk
	stopInk
	badInk
	timeInk
	hue1Ink
	hue2Ink
	hue3Ink
	hue4Ink
	hue5Ink
	hue6Ink
	inks
)

// palette is the colours of one theme, 0xrrggbb, by ink.
type palette [inks]uint32

var (
	light = palette{
		paperInk: 0xffffff, mainInk: 0x1c2733, softInk: 0x5d6b7a, faintInk: 0xb4bec8, panelInk: 0xeef2f6, barInk: 0xcab9df,
		askInk: 0x1a5fb4, goodInk: 0x1d7a3e, stopInk: 0xa2490a, badInk: 0xc01c28, timeInk: 0x7a4fb0,
		hue1Ink: 0x1a5fb4, hue2Ink: 0xa2490a, hue3Ink: 0x1d7a3e, hue4Ink: 0xa8327d, hue5Ink: 0x5a5a00, hue6Ink: 0x00727a,
	}
	dark = palette{
		paperInk: 0x14191f, mainInk: 0xe4eaf0, softInk: 0x9fadbb, faintInk: 0x4a5664, panelInk: 0x212932, barInk: 0x5a5073,
		askInk: 0x7db4f5, goodInk: 0x6fcf8d, stopInk: 0xf0a45d, badInk: 0xff7b81, timeInk: 0xc4a3f2,
		hue1Ink: 0x7db4f5, hue2Ink: 0xf0a45d, hue3Ink: 0x6fcf8d, hue4Ink: 0xf08cc8, hue5Ink: 0xd2cf5a, hue6Ink: 0x5fd0d8,
	}
	// plainInks are for paper without colours.
	plainInks = palette{
		paperInk: 0xffffff, mainInk: 0x000000, softInk: 0x444444, faintInk: 0x999999, panelInk: 0xf4f4f4, barInk: 0xbbbbbb,
		askInk: 0x000000, goodInk: 0x000000, stopInk: 0x000000, badInk: 0x000000, timeInk: 0x444444,
	}
)

// Theme is the colours of a picture.
type Theme uint8

// The themes. Auto is light or dark as the reader's system is; a PNG cannot
// know that, and is light.
const (
	Auto Theme = iota
	Light
	Dark
	Print // black on white
)

// Themes are their names, in the order of the constants.
var Themes = []string{"auto", "light", "dark", "print"}

func (t Theme) palette() *palette {
	switch t {
	case Dark:
		return &dark
	case Print:
		return &plainInks
	}
	return &light
}
