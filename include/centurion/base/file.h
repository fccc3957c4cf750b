/* What open files need again and again. */
#ifndef CENTURION_BASE_FILE_H
#define CENTURION_BASE_FILE_H

/* Writes the whole of text to fd and brings it to the disk. Returns 0 or errno; what was written before a failure stays. */
int file_fill(int fd, const char *text);

/* What follows returns 0 or errno, too. */

/* A folder that only the user may look into, with those above it; one that is there is closed to others. */
int file_folder(const char *folder);

/* Puts a file of that text (0600) into the folder, written beside its place, brought to the disk and then renamed: whatever happens, the old
 * one or the new one is there. */
int file_replace(const char *folder, const char *name, const char *text);

/* Removes it from the folder, for good; 0 if there is none. */
int file_remove(const char *folder, const char *name);

#endif
