// What `import Glibc` leaves out: epoll, eventfd and crypt_r.
// No header that pulls in <sys/socket.h>: it clashes with the Glibc module.
#ifndef PARLEY_CLINUX_H
#define PARLEY_CLINUX_H

#include <crypt.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

#endif
