"""Makes 17_tensor_operations.json, 18_course_layers.json and their like with PyTorch.

    python3 make_course.py          # needs torch; writes beside itself

Numbers are multiples of 1/512, which float holds exactly and JSON writes short.
"""

import json
import os

import torch

torch.set_num_threads(1)
HERE = os.path.dirname(os.path.abspath(__file__))
TOLERANCE = {"absolute": 1e-6, "relative": 1e-5}


def draw(generator, *shape, low=-2.0, high=2.0):
    values = torch.rand(shape, generator=generator) * (high - low) + low
    return (values * 512).round() / 512


def dumped(tensor):
    def number(value):
        if isinstance(value, list):
            return [number(each) for each in value]
        if value != value:
            return "nan"
        if value in (float("inf"), float("-inf")):
            return "inf" if value > 0 else "-inf"
        return float(format(value, ".9g")) if isinstance(value, float) else value

    return {"shape": list(tensor.shape), "data": number(tensor.detach().tolist())}


class Maker:
    def __init__(self, about, seed):
        self.generator = torch.Generator().manual_seed(seed)
        self.file = {
            "about": about,
            "source": f"PyTorch {torch.__version__.split('+')[0]}, float32, CPU; make_course.py",
            "tolerance": TOLERANCE,
            "cases": [],
        }

    def draw(self, *shape, **bounds):
        return draw(self.generator, *shape, **bounds)

    def add(self, name, layer, options, inputs, body, parameters=None, differentiable=True, tolerance=None):
        """Runs `body(inputs, parameters)`, which gives a tensor or a dictionary of them."""
        leaves = {key: value.clone().requires_grad_(differentiable) for key, value in inputs.items()}
        weights = {
            key: value.clone().requires_grad_(differentiable)
            for key, value in (parameters or {}).items()
        }
        outputs = body(leaves, weights)
        if not isinstance(outputs, dict):
            outputs = {"y": outputs}
        case = {
            "name": name,
            "layer": layer,
            "options": options,
            "inputs": {key: dumped(value) for key, value in inputs.items()},
            "parameters": {key: dumped(value) for key, value in (parameters or {}).items()},
            "outputs": {key: dumped(value) for key, value in outputs.items()},
        }
        if tolerance:
            case["tolerance"] = tolerance
        if differentiable:
            upstream = {key: self.draw(*value.shape, low=-1, high=1) for key, value in outputs.items()}
            sum((outputs[key] * upstream[key]).sum() for key in outputs).backward()
            case["upstream"] = {key: dumped(value) for key, value in upstream.items()}
            both = {**leaves, **weights}
            case["gradients"] = {
                key: dumped(value.grad if value.grad is not None else torch.zeros_like(value))
                for key, value in both.items()
            }
        self.file["cases"].append(case)

    def write(self, name):
        with open(os.path.join(HERE, name + ".json"), "w") as out:
            json.dump(self.file, out, separators=(",", ":"), indent=None)
            out.write("\n")
        print(name, len(self.file["cases"]), "cases")


def tensor_operations():
    m = Maker("Powers, ranges, choices, statistics, cosine similarity, triangles, places.", 1)
    for exponent in [0.0, 0.5, 1.0, 2.0, 3.0, -1.5, 2.5]:
        m.add(f"pow_{exponent}", "pow", {"exponent": exponent},
              {"x": m.draw(3, 5, low=0.25, high=3)}, lambda i, p, e=exponent: i["x"].pow(e))
    for exponent in [2.0, 3.0, -2.0]:
        m.add(f"pow_signed_{exponent}", "pow", {"exponent": exponent},
              {"x": m.draw(2, 7)}, lambda i, p, e=exponent: i["x"].pow(e))
    m.add("pow_tensors", "powTensor", {}, {"x": m.draw(3, 4, low=0.25, high=3), "e": m.draw(4)},
          lambda i, p: i["x"].pow(i["e"]))
    special = torch.tensor([0.0, -0.0, 1, -1, float("inf"), float("-inf"), float("nan"), 2, -2, 0.5])
    for exponent in [0.0, 1.0, -1.0, 2.0, 3.0, -2.0, -3.0, 1.5, float("inf"), float("-inf")]:
        m.add(f"pow_special_{exponent}", "pow", {"exponent": str(exponent) if abs(exponent) > 9 else exponent},
              {"x": special}, lambda i, p, e=exponent: i["x"].pow(e), differentiable=False)
    for low, high in [(-1.0, 0.5), (None, 0.25), (-0.5, None), (0.0, 0.0)]:
        m.add(f"clamp_{low}_{high}", "clamp", {"min": low, "max": high}, {"x": m.draw(4, 5)},
              lambda i, p, a=low, b=high: i["x"].clamp(min=a, max=b))
    ends = torch.tensor([-1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5])
    m.add("clamp_ends", "clamp", {"min": -1.0, "max": 1.0}, {"x": ends},
          lambda i, p: i["x"].clamp(-1, 1))
    for name, test in [("<", torch.lt), ("<=", torch.le), (">", torch.gt), (">=", torch.ge),
                       ("==", torch.eq), ("!=", torch.ne)]:
        a = m.draw(3, 4).round()
        b = m.draw(3, 1).round()
        a[0, 0] = float("nan")
        m.add(f"compare {name}", "compare", {"operator": name}, {"a": a, "b": b},
              lambda i, p, t=test: t(i["a"], i["b"]).float(), differentiable=False)
    m.add("where", "where", {"above": 0.25}, {"x": m.draw(3, 4), "a": m.draw(4), "b": m.draw(3, 1)},
          lambda i, p: torch.where(i["x"] > 0.25, i["a"], i["b"]))
    for axes in [[0], [1], [2], [0, 2], [1, 2], [0, 1, 2], [-1, 0]]:
        for keep in [False, True]:
            x = m.draw(3, 4, 2)
            options = {"axes": axes, "keep": keep}
            for name in ["sum", "mean"]:
                m.add(f"{name}_{axes}_{keep}", name, options, {"x": x},
                      lambda i, p, n=name, a=axes, k=keep: getattr(i["x"], n)(dim=a, keepdim=k))
            for name in ["max", "min"]:
                m.add(f"{name}_{axes}_{keep}", name, options, {"x": x + torch.arange(24.0).reshape(3, 4, 2) / 512},
                      lambda i, p, n="a" + name, a=axes, k=keep: getattr(i["x"], n)(dim=a, keepdim=k))
            for unbiased in [False, True]:
                for name, function in [("variance", torch.var), ("deviation", torch.std)]:
                    m.add(f"{name}_{axes}_{keep}_{unbiased}", name, {**options, "unbiased": unbiased}, {"x": x},
                          lambda i, p, f=function, a=axes, k=keep, u=unbiased:
                          f(i["x"], dim=a, keepdim=k, unbiased=u))
    for axis in [0, 1, -1]:
        m.add(f"cosine_{axis}", "cosine", {"axis": axis}, {"a": m.draw(3, 4, 5), "b": m.draw(3, 4, 5)},
              lambda i, p, a=axis: torch.nn.functional.cosine_similarity(i["a"], i["b"], dim=a))
        m.add(f"norm_{axis}", "norm", {"axis": axis}, {"x": m.draw(3, 4, 5)},
              lambda i, p, a=axis: i["x"].norm(dim=a))
    m.add("cosine_pairs", "cosine", {"axis": -1}, {"a": m.draw(3, 1, 5), "b": m.draw(1, 4, 5)},
          lambda i, p: torch.nn.functional.cosine_similarity(i["a"], i["b"], dim=-1))
    zero = m.draw(3, 5)
    zero[1] = 0
    m.add("cosine_zero", "cosine", {"axis": -1}, {"a": zero, "b": m.draw(3, 5)},
          lambda i, p: torch.nn.functional.cosine_similarity(i["a"], i["b"], dim=-1), differentiable=False)
    for diagonal in [-2, -1, 0, 1, 3]:
        for name, function in [("lower", torch.tril), ("upper", torch.triu)]:
            m.add(f"{name}_{diagonal}", name, {"diagonal": diagonal}, {"x": m.draw(2, 3, 4)},
                  lambda i, p, f=function, d=diagonal: f(i["x"], d))
    places = m.draw(3, 4, 2).round()
    places[1, 2, 0] = float("nan")
    for axis in [0, 1, 2, -1]:
        for name in ["argmax", "argmin"]:
            m.add(f"{name}_{axis}", name, {"axis": axis, "keep": axis == 1}, {"x": places},
                  lambda i, p, n=name, a=axis: getattr(i["x"], n)(dim=a, keepdim=a == 1).float(),
                  differentiable=False)
    m.write("17_tensor_operations")


def layers():
    m = Maker("Group normalization, transposed and one-dimensional convolutions, upsampling, global pooling, decoder.", 2)
    nn = torch.nn.functional
    for shape, groups in [((3, 4), 2), ((2, 6, 5), 3), ((2, 4, 3, 2), 1), ((2, 4, 3, 2), 4), ((2, 4, 3, 2), 2)]:
        m.add(f"group_norm_{list(shape)}_{groups}", "GroupNorm", {"channels": shape[1], "groups": groups, "epsilon": 1e-5},
              {"x": m.draw(*shape)}, lambda i, p, g=groups: nn.group_norm(i["x"], g, p["weight"], p["bias"], 1e-5),
              {"weight": m.draw(shape[1]), "bias": m.draw(shape[1])},
              tolerance={"absolute": 4e-6, "relative": 2e-5})
    for inputs, outputs, kernel, stride, padding, more, dilation, groups, bias in [
        (1, 2, (3, 3), (1, 1), (0, 0), (0, 0), (1, 1), 1, True),
        (2, 3, (2, 2), (2, 2), (0, 0), (0, 0), (1, 1), 1, True),
        (2, 2, (3, 2), (2, 3), (1, 0), (1, 2), (1, 1), 1, False),
        (4, 6, (3, 3), (2, 2), (1, 1), (1, 1), (1, 1), 2, True),
        (2, 2, (3, 3), (1, 2), (2, 1), (0, 1), (2, 1), 1, True),
        (3, 3, (4, 4), (2, 2), (1, 1), (0, 0), (1, 1), 3, True),
        (1, 1, (1, 1), (3, 3), (0, 0), (2, 2), (1, 1), 1, True),
    ]:
        options = {"inputs": inputs, "outputs": outputs, "kernel": kernel, "stride": stride, "padding": padding,
                   "outputPadding": more, "dilation": dilation, "groups": groups, "bias": bias}
        parameters = {"weight": m.draw(inputs, outputs // groups, *kernel)}
        if bias:
            parameters["bias"] = m.draw(outputs)
        m.add(f"transpose_{inputs}to{outputs}_k{kernel}_s{stride}_p{padding}_o{more}_d{dilation}_g{groups}",
              "ConvTranspose2d", options, {"x": m.draw(2, inputs, 3, 4)},
              lambda i, p, s=stride, a=padding, o=more, d=dilation, g=groups:
              nn.conv_transpose2d(i["x"], p["weight"], p.get("bias"), s, a, o, g, d), parameters,
              tolerance={"absolute": 4e-6, "relative": 2e-5})
    for inputs, outputs, kernel, stride, padding, dilation, groups, bias in [
        (1, 2, 3, 1, 0, 1, 1, True), (3, 4, 2, 2, 1, 1, 1, False), (4, 2, 3, 1, 2, 2, 2, True), (2, 2, 1, 3, 0, 1, 1, True),
    ]:
        options = {"inputs": inputs, "outputs": outputs, "kernel": kernel, "stride": stride, "padding": padding,
                   "dilation": dilation, "groups": groups, "bias": bias}
        parameters = {"weight": m.draw(outputs, inputs // groups, kernel)}
        if bias:
            parameters["bias"] = m.draw(outputs)
        m.add(f"conv1d_{inputs}to{outputs}_k{kernel}_s{stride}_p{padding}_d{dilation}_g{groups}", "Conv1d", options,
              {"x": m.draw(2, inputs, 7)},
              lambda i, p, s=stride, a=padding, d=dilation, g=groups:
              nn.conv1d(i["x"], p["weight"], p.get("bias"), s, a, d, g), parameters,
              tolerance={"absolute": 4e-6, "relative": 2e-5})
    m.add("conv1d_causal", "Conv1d", {"inputs": 2, "outputs": 3, "kernel": 3, "stride": 1, "padding": 0, "dilation": 2,
                                      "groups": 1, "bias": False, "causal": True},
          {"x": m.draw(2, 2, 6)}, lambda i, p: nn.conv1d(nn.pad(i["x"], (4, 0)), p["weight"], dilation=2),
          {"weight": m.draw(3, 2, 3)}, tolerance={"absolute": 4e-6, "relative": 2e-5})
    for factor in [(2, 2), (3, 1), (2, 3)]:
        for mode in ["nearest", "bilinear"]:
            m.add(f"upsample_{factor}_{mode}", "Upsample", {"factor": factor, "mode": mode}, {"x": m.draw(2, 2, 3, 4)},
                  lambda i, p, f=factor, o=mode: nn.interpolate(
                      i["x"], scale_factor=f, mode=o, **({"align_corners": False} if o == "bilinear" else {})))
    m.add("upsample_one_pixel", "Upsample", {"factor": (4, 4), "mode": "bilinear"}, {"x": m.draw(1, 2, 1, 1)},
          lambda i, p: nn.interpolate(i["x"], scale_factor=4, mode="bilinear", align_corners=False))
    for shape in [(2, 3, 4, 5), (2, 3, 7)]:
        m.add(f"global_pool_{list(shape)}", "GlobalAveragePool", {}, {"x": m.draw(*shape)},
              lambda i, p: i["x"].flatten(2).mean(2))
    for first, activation, queries, keys in [(False, "relu", 4, 3), (True, "gelu", 3, 5)]:
        width, heads, feed = 6, 2, 10
        torch.manual_seed(11)
        layer = torch.nn.TransformerDecoderLayer(width, heads, feed, dropout=0.0, activation=activation,
                                                 batch_first=True, norm_first=first).eval()
        parameters = {name: m.draw(*value.shape, low=-0.75, high=0.75) for name, value in layer.named_parameters()}

        def run(i, p):
            causal = torch.triu(torch.ones(i["x"].shape[1], i["x"].shape[1], dtype=torch.bool), 1)
            return torch.func.functional_call(layer, p, (i["x"], i["memory"]), {"tgt_mask": causal})

        m.add(f"decoder_first_{first}_{activation}", "TransformerDecoderLayer",
              {"width": width, "heads": heads, "feedForward": feed, "normFirst": first, "activation": activation},
              {"x": m.draw(2, queries, width), "memory": m.draw(2, keys, width)}, run, parameters,
              tolerance={"absolute": 2e-5, "relative": 1e-4})
    m.write("18_course_layers")


def steps():
    """A few steps of training: groups without decay, gradients of several batches added up."""
    file = {"about": "Parameters after steps with groups and with accumulated gradients.",
            "source": f"PyTorch {torch.__version__.split('+')[0]}, float32, CPU; make_course.py",
            "tolerance": {"absolute": 4e-6, "relative": 2e-5}, "cases": []}
    generator = torch.Generator().manual_seed(3)
    x, y = draw(generator, 12, 3), draw(generator, 12, 2)
    weight, bias = draw(generator, 3, 2), draw(generator, 2)
    for name, kind, decay, parts in [
        ("adamw_no_decay_on_biases", "AdamW", 0.25, 1), ("sgd_no_decay_on_biases", "SGD", 0.125, 1),
        ("sgd_accumulating_3", "SGD", 0.0, 3), ("adamw_accumulating_4", "AdamW", 0.25, 4),
    ]:
        w, b = weight.clone().requires_grad_(True), bias.clone().requires_grad_(True)
        groups = [{"params": [w], "weight_decay": decay}, {"params": [b], "weight_decay": 0.0}]
        optimizer = (torch.optim.AdamW(groups, lr=0.05) if kind == "AdamW"
                     else torch.optim.SGD(groups, lr=0.05, momentum=0.9))
        for _ in range(6):
            optimizer.zero_grad()
            for rows in range(0, 12, 12 // parts):
                end = rows + 12 // parts
                loss = ((x[rows:end] @ w + b - y[rows:end]) ** 2).mean()
                (loss / parts).backward()
            optimizer.step()
        file["cases"].append({
            "name": name, "layer": kind, "options": {"decay": decay, "parts": parts, "rate": 0.05, "steps": 6},
            "inputs": {"x": dumped(x), "y": dumped(y)}, "parameters": {"weight": dumped(weight), "bias": dumped(bias)},
            "outputs": {"weight": dumped(w), "bias": dumped(b)}})
    with open(os.path.join(HERE, "19_course_steps.json"), "w") as out:
        json.dump(file, out, separators=(",", ":"))
        out.write("\n")
    print("19_course_steps", len(file["cases"]), "cases")


if __name__ == "__main__":
    tensor_operations()
    layers()
    steps()
