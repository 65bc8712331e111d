package diagrams

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/diagrams/hostile"
)

func decode(t testing.TB, data []byte) image.Image {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(data))
	require.NoError(t, err)
	return img
}

// requirePixels compares pixels: how a PNG packs them may change with Go.
func requirePixels(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.WriteFile(path, got, 0o644))
	}
	kept, err := os.ReadFile(path)
	require.NoError(t, err)
	want, have := decode(t, kept), decode(t, got)
	require.Equal(t, want.Bounds(), have.Bounds(), name)
	for y := range want.Bounds().Max.Y {
		for x := range want.Bounds().Max.X {
			if want.At(x, y) != have.At(x, y) {
				t.Fatalf("%s differs at %d, %d", name, x, y)
			}
		}
	}
}

func TestPNGsAreAsKept(t *testing.T) {
	for name, opt := range map[string]Options{"names": {Theme: Dark}, "lost-register": {Theme: Print}} {
		for _, r := range runs {
			if r.name == name {
				data, err := NewLadder(r.trace(), opt).PNG()
				require.NoError(t, err)
				requirePixels(t, name+".png", data)
			}
		}
	}
}

func TestAPNGIsTwiceAsFineAsTheSVG(t *testing.T) {
	l := NewLadder(registration(), Options{})
	data, err := l.PNG()
	require.NoError(t, err)
	p := l.picture()
	require.Equal(t, image.Pt(p.width*2/unit, p.height*2/unit), decode(t, data).Bounds().Size())
}

func TestALadderTooLargeForAPNGSaysSo(t *testing.T) {
	_, err := (&picture{width: 20_000 * unit, height: 20_000 * unit}).png(Light)
	require.ErrorContains(t, err, "too large; choose fewer hosts or less time, or SVG")
}

func TestATimeBeyondAllTimesIsDrawn(t *testing.T) {
	tr := hostile.Run("x")
	tr.Events[len(tr.Events)-1].At = 1 << 60
	_, err := NewLadder(tr, Options{}).PNG()
	require.NoError(t, err)
}

func TestEveryWordOfAClassIsARuleOfTheStyleSheet(t *testing.T) {
	known := map[string]bool{}
	for i := range rules {
		known[rules[i].word] = true
	}
	for _, r := range runs {
		for _, s := range NewLadder(r.trace(), r.opt).picture().shapes {
			if s.kind == groupBegin || s.kind == groupEnd || s.class == "" {
				continue
			}
			found := false
			for i := range rules {
				found = found || rules[i].word != "" && rules[i].tags&tagOf[s.kind] != 0 && has(s.class, rules[i].word)
			}
			require.True(t, found, "no rule draws a shape of class %q", s.class)
		}
	}
}

func BenchmarkThirtyArrowsAsPNG(b *testing.B) {
	tr := thirty()
	b.ReportAllocs()
	for b.Loop() {
		_, err := NewLadder(tr, Options{}).PNG()
		require.NoError(b, err)
	}
}
