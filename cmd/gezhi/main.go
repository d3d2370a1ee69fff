// Command gezhi runs a grassroots governance centre: see gezhi --help.
package main

import (
	"os"

	"gezhi/internal/app"
)

func main() { os.Exit(app.Main(os.Args[1:])) }
