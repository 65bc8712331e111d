module siplab/cmd/mutants

go 1.26.0

require (
	github.com/stretchr/testify v1.12.1
	siplab v0.0.0
)

require (
	github.com/pion/randutil v0.1.0 // indirect
	github.com/pion/sdp/v3 v3.0.20 // indirect
	github.com/yuin/goldmark v1.8.7 // indirect
	go.yaml.in/yaml/v3 v3.0.5 // indirect
	golang.org/x/image v0.47.0 // indirect
	golang.org/x/text v0.43.0 // indirect
)

replace siplab => ../..
