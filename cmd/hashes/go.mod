module siplab/cmd/hashes

go 1.26.0

require siplab v0.0.0

require (
	github.com/yuin/goldmark v1.8.7 // indirect
	golang.org/x/text v0.19.0 // indirect
)

replace siplab => ../..
