package sip

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const twoParts = "preamble\r\n--b1\r\nContent-Type: text/plain\r\n\r\nHello\r\n--b1\r\n\r\nplain\r\n--b1--\r\nepilogue"

func TestRFC2046_5_1_1_PartsStandBetweenTheBoundaries(t *testing.T) {
	parts, err := Multipart("multipart/mixed;boundary=b1", twoParts)
	require.NoError(t, err)
	require.Len(t, parts, 2)
	require.Equal(t, Part{Depth: 1, Offset: 44, ContentType: "text/plain", Headers: "Content-Type: text/plain\r\n", Body: "Hello"}, parts[0])
	require.Equal(t, "plain", parts[1].Body)
	require.Equal(t, "", parts[1].ContentType, "text/plain by default")
	for _, p := range parts {
		require.Equal(t, p.Body, twoParts[p.Offset:p.Offset+len(p.Body)])
	}
}

func TestPartsOfPartsFollowThePartThatHoldsThem(t *testing.T) {
	body := "--a\r\nContent-Type: multipart/mixed; boundary=\"b1\"\r\n\r\n" + twoParts + "\r\n--a\r\n\r\nlast\r\n--a--"
	parts, err := Multipart("Multipart/Related ; boundary = a", body)
	require.NoError(t, err)
	var told []string
	for _, p := range parts {
		require.Equal(t, p.Body, body[p.Offset:p.Offset+len(p.Body)])
		told = append(told, fmt.Sprintf("%d %.5s", p.Depth, p.Body))
	}
	require.Equal(t, []string{"1 pream", "2 Hello", "2 plain", "1 last"}, told)
}

func TestABoundaryIsAWholeLine(t *testing.T) {
	parts, err := Multipart("multipart/mixed;boundary=b", "--b\r\n\r\n--bb\r\n --b\r\n--b--x\r\n--b-- \r\n")
	require.NoError(t, err)
	require.Len(t, parts, 1)
	require.Equal(t, "--bb\r\n --b\r\n--b--x", parts[0].Body)
}

func TestMultipartErrorsHaveTheirPlace(t *testing.T) {
	for _, c := range []struct{ contentType, body, says string }{
		{"multipart/mixed", twoParts, "without a boundary"},
		{"multipart/mixed;boundary=", twoParts, "without a boundary"},
		{"multipart/mixed;boundary=" + strings.Repeat("x", 71), twoParts, "no boundary"},
		{"multipart/mixed;boundary=b2", twoParts, "last boundary of a multipart body is missing"},
		{"multipart/mixed;boundary=b1", strings.TrimSuffix(twoParts, "--\r\nepilogue"), "is missing"},
		{"multipart/mixed;boundary=b1", "", "is missing"},
	} {
		_, err := Multipart(c.contentType, c.body)
		require.ErrorContains(t, err, c.says)
		require.LessOrEqual(t, err.(*Problem).Offset, len(c.body))
	}
}
