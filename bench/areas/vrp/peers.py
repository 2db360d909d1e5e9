"""Solves one plain instance with one peer: python peers.py PEER SECONDS SEED < instance.json > routes.json"""
import json
import sys

peer, seconds, seed = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
data = json.load(sys.stdin)
points, demand, capacity, matrix, vehicles = (data[k] for k in ("points", "demand", "capacity", "matrix", "vehicles"))
n = len(points)


def pyvrp():
    from pyvrp import Model
    from pyvrp.stop import MaxRuntime

    model = Model()
    locations = [model.add_location(*point) for point in points]
    model.add_depot(locations[0])
    for i in range(1, n):
        model.add_client(locations[i], delivery=demand[i])
    model.add_vehicle_type(vehicles, capacity=capacity)
    for i in range(n):
        for j in range(n):
            if i != j:
                model.add_edge(locations[i], locations[j], matrix[i][j])
    result = model.solve(stop=MaxRuntime(seconds), seed=seed, display=False)
    # Clients are numbered from 0; depots stand at both ends of a route.
    return [[int(str(visit)[1:]) + 1 for visit in route if str(visit).startswith("C")] for route in result.best.routes()]


def hgs():
    import hygese

    solver = hygese.Solver(parameters=hygese.AlgorithmParameters(timeLimit=seconds, seed=seed), verbose=False)
    result = solver.solve_cvrp(
        {"distance_matrix": matrix, "demands": demand, "vehicle_capacity": capacity, "depot": 0,
         "x_coordinates": [p[0] for p in points], "y_coordinates": [p[1] for p in points]}, rounding=True)
    return result.routes


def vroom():
    import datetime

    import vroom as pyvroom

    problem = pyvroom.Input()
    problem.set_durations_matrix(profile="car", matrix_input=__import__("numpy").array(matrix, dtype="uint32"))
    problem.add_vehicle([pyvroom.Vehicle(i, start=0, end=0, capacity=[capacity]) for i in range(vehicles)])
    problem.add_job([pyvroom.Job(i, location=i, delivery=[demand[i]]) for i in range(1, n)])
    solution = problem.solve(exploration_level=5, nb_threads=1, timeout=datetime.timedelta(seconds=seconds))
    routes = {}
    for row in solution.routes.itertuples():
        if row.type == "job":
            routes.setdefault(row.vehicle_id, []).append(int(row.id))
    return list(routes.values())


def ortools():
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2

    manager = pywrapcp.RoutingIndexManager(n, vehicles, 0)
    routing = pywrapcp.RoutingModel(manager)
    drive = routing.RegisterTransitCallback(lambda a, b: matrix[manager.IndexToNode(a)][manager.IndexToNode(b)])
    load = routing.RegisterUnaryTransitCallback(lambda a: demand[manager.IndexToNode(a)])
    routing.SetArcCostEvaluatorOfAllVehicles(drive)
    routing.AddDimensionWithVehicleCapacity(load, 0, [capacity] * vehicles, True, "load")
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.SAVINGS
    parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    parameters.time_limit.FromMilliseconds(int(seconds * 1000))
    found = routing.SolveWithParameters(parameters)
    if found is None:
        return []
    routes = []
    for vehicle in range(vehicles):
        at, route = routing.Start(vehicle), []
        while not routing.IsEnd(at):
            if manager.IndexToNode(at) != 0:
                route.append(manager.IndexToNode(at))
            at = found.Value(routing.NextVar(at))
        if route:
            routes.append(route)
    return routes


json.dump({"routes": [[int(i) for i in route] for route in {"pyvrp": pyvrp, "hgs": hgs, "vroom": vroom, "ortools": ortools}[peer]()]}, sys.stdout)
