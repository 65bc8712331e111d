module siplab/cmd/opinions

go 1.26.0

require (
	github.com/icholy/digest v1.2.0
	github.com/stretchr/testify v1.12.1
	siplab v0.0.0
)

require go.yaml.in/yaml/v3 v3.0.5 // indirect

replace siplab => ../..
