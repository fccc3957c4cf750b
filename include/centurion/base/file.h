/* What open files need again and again. */
#ifndef CENTURION_BASE_FILE_H
#define CENTURION_BASE_FILE_H

/* Writes the whole of text to fd and brings it to the disk. Returns 0 or errno; what was written before a failure stays. */
int file_fill(int fd, const char *text);

#endif
