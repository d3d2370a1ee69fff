package upkeep

import "time"

// What an administrator is warned of.
const (
	oldBackup    = 3 * 24 * time.Hour
	oldRehearsal = 90 * 24 * time.Hour
)

// Warning is something that the administrator should do something about.
type Warning struct {
	Code   string // translation key below "upkeep.warning"
	Grave  bool   // red, not yellow
	Amount int64  // days, where the words need them
}

func warnings(st State, at time.Time) []Warning {
	list := []Warning{}
	switch {
	case st.Disk.Full():
		list = append(list, Warning{Code: "disk_full", Grave: true})
	case st.Disk.Low():
		list = append(list, Warning{Code: "disk_low"})
	}
	switch age, known := st.Backup.age(at); {
	case st.Backup.Failed != "":
		list = append(list, Warning{Code: "backup_failed", Grave: true})
	case !known:
		list = append(list, Warning{Code: "backup_never", Grave: true})
	case age > oldBackup:
		list = append(list, Warning{Code: "backup_old", Grave: true, Amount: int64(age / (24 * time.Hour))})
	}
	switch age, known := st.Rehearsal.age(at); {
	case st.Rehearsal.Failed != "" || len(st.Rehearsal.Broken) > 0:
		list = append(list, Warning{Code: "rehearsal_failed", Grave: true})
	case !known:
		list = append(list, Warning{Code: "rehearsal_never"})
	case age > oldRehearsal:
		list = append(list, Warning{Code: "rehearsal_old", Amount: int64(age / (24 * time.Hour))})
	}
	return list
}
