"""Reads networks from a file and prints what networkx says of each, one measure a line.

Input, for each network: a line "nodes edges", a line of groups, a line of communities, then "one other weight" lines.
"""
import sys

import networkx as nx
from networkx.algorithms.link_analysis import pagerank_alg


def say(name, values):
    print(name, *(repr(float(value)) for value in values))


def measure(graph, groups, communities):
    nodes = sorted(graph)
    say("degree", (graph.degree(n) for n in nodes))
    say("strength", (graph.degree(n, weight="weight") for n in nodes))
    say("betweenness", (nx.betweenness_centrality(graph)[n] for n in nodes))
    say("closeness", (nx.closeness_centrality(graph)[n] for n in nodes))
    # the form without scipy, which Debian only recommends
    rank = pagerank_alg._pagerank_python(graph, tol=1e-15, max_iter=100_000)
    say("pagerank", (rank[n] for n in nodes))
    core = nx.core_number(graph)
    say("core", (core[n] for n in nodes))
    joins = {frozenset(edge) for edge in nx.bridges(graph)}
    say("bridges", (frozenset(edge) in joins for edge in graph.edges))
    points = set(nx.articulation_points(graph))
    say("articulation", (n in points for n in nodes))
    parts = [{n for n in nodes if communities[n] == c} for c in sorted(set(communities))]
    edges = graph.number_of_edges()
    say("modularity", [nx.algorithms.community.modularity(graph, parts) if edges else 0])
    mixed = len({groups[n] for n in nodes if graph.degree(n)}) > 1
    nx.set_node_attributes(graph, dict(enumerate(groups)), "group")
    say("assortativity", [nx.attribute_assortativity_coefficient(graph, "group") if mixed else 0])


def main():
    lines = iter(open(sys.argv[1], encoding="ascii"))
    for head in lines:
        node_count, edge_count = map(int, head.split())
        groups = list(map(int, next(lines).split()))
        communities = list(map(int, next(lines).split()))
        graph = nx.Graph()
        graph.add_nodes_from(range(node_count))
        for _ in range(edge_count):
            one, other, weight = next(lines).split()
            graph.add_edge(int(one), int(other), weight=float(weight))
        measure(graph, groups, communities)


main()
