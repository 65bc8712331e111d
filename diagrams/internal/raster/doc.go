// Package raster fills shapes and writes text into a picture of pixels.
//
// All of it is whole numbers: an outline has its points in 64ths of a pixel,
// the share of a pixel that it covers is an exact sum, and so the same drawing
// gives the same pixels on every machine. (The rasteriser of
// golang.org/x/image/vector works in float32, which compilers may round
// differently.) The outlines of letters come from the Go fonts by
// golang.org/x/image/font/sfnt, whose numbers are whole too.
//
// A [Page] has at most 256 colours, so that its PNG is small and quick to
// write. What comes of a colour over another is a colour of the page itself,
// in sixteen steps.
package raster
