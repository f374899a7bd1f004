"""Rules of services that a platform is often given beside its own: databases, queues, settings, batch, workflows."""
