import torch

# snippet.loop
for x, y in batches:
    # snippet.hide
    optimizer.zero_grad()
    # snippet.show
    loss(net(x), y).backward()
# snippet.end
print("done")
