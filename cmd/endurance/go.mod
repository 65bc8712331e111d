module siplab/cmd/endurance

go 1.26.0

require (
	github.com/stretchr/testify v1.12.1
	siplab v0.0.0
)

require (
	github.com/pion/randutil v0.1.0 // indirect
	github.com/pion/sdp/v3 v3.0.20 // indirect
	go.yaml.in/yaml/v3 v3.0.5 // indirect
)

replace siplab => ../..
