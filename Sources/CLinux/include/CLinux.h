// What `import Glibc` leaves out: epoll, eventfd, sendfile, accept4, crypt_r, malloc_trim and the program's own segments.
// No header that pulls in <sys/socket.h>: it clashes with the Glibc module.
#ifndef PARLEY_CLINUX_H
#define PARLEY_CLINUX_H

#include <crypt.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/sendfile.h>

// accept4 with SOCK_NONBLOCK and SOCK_CLOEXEC; `address` has room for `*length` octets of a sockaddr.
int clinux_accept(int listener, void *address, unsigned int *length);

// Gives free memory back to the system, and unmaps what is mapped of the program and its libraries and never written: what is used
// again is mapped again.
void clinux_give_back_memory(void);

#endif
