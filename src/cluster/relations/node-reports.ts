/** The timer of a runtime that holds when its kubelet renewed its lease last, by true time: what stands in the lease is its clock's. */
export const LEASE_SENT = 'lease-sent'

/** The timer that holds when it sent the status of its node last. */
export const STATUS_SENT = 'status-sent'
