package window

import (
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/flow"
	"gezhi/internal/perm"
)

// Flow is the workflow of a queue number. It is the only place that says how its state changes. Taking the next number
// of a queue drives the move "call"; a number that was passed over can be called back by hand.
var Flow = &flow.Table[State, *QueueNumber]{
	Name:  "queue number",
	Start: flow.Move[State, *QueueNumber]{Do: "take", To: Waiting, Need: perm.WindowServe},
	States: []flow.State[State]{
		{Name: Waiting}, {Name: Called}, {Name: Serving}, {Name: Done, Phase: flow.Done}, {Name: Skipped, Phase: flow.Ended},
	},
	State: func(n *QueueNumber) State { return n.State },
	Over:  func(n *QueueNumber) authz.Target { return authz.Target{Areas: n.areas, Units: []string{n.Office}} },
	Moves: []flow.Move[State, *QueueNumber]{
		{Do: "call", From: flow.In(Waiting), To: Called, Auto: true, By: "calling the next number at a window"},
		{Do: "serve", From: flow.In(Called), To: Serving, Need: perm.WindowServe},
		{Do: "call_again", From: flow.In(Called), Need: perm.WindowServe},
		{Do: "skip", From: flow.In(Called), To: Skipped, Need: perm.WindowServe},
		{Do: "call_back", From: flow.In(Skipped), To: Called, Need: perm.WindowServe},
		{Do: "done", From: flow.In(Serving), To: Done, Need: perm.WindowServe},
	},
}
