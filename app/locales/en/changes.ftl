order = { $what }: order changed
added = { $what }: added
removed = { $what }: removed
changed = { $what }: { $before } → { $after }
containers = Containers
container = Container
variable = variable
secret = secret
