"""Who does tasks beside this process: other processes of this machine, or of a cluster.

A task that they lose is done by whoever gave it to them, so that no result depends on them. The modules are loaded one
by one: most runs need none of them.
"""
