//go:build unix

package upkeep

import "syscall"

// diskOf asks the system how much room the program itself may still use.
func diskOf(folder string) (Disk, error) {
	var st syscall.Statfs_t
	if err := syscall.Statfs(folder, &st); err != nil {
		return Disk{}, err
	}
	size := int64(st.Bsize)
	return Disk{Free: int64(st.Bavail) * size, Total: int64(st.Blocks) * size}, nil
}
