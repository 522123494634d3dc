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
        return value

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
    for exponent in [0.0, 1.0, -1.0, 2.0, 3.0, -2.0, -3.0, 0.5, -0.5, float("inf"), float("-inf")]:
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


if __name__ == "__main__":
    tensor_operations()
