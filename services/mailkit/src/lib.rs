//! Mail: the queue in a service's own database, the worker that empties it, and the ways a mail leaves.
