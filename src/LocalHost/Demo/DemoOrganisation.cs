namespace CertFunctions.LocalHost.Demo;

/// <summary>A small invented organisation: the same people at every start.</summary>
internal static class DemoOrganisation
{
    public const int Users = 300;

    public const string Root = "acme";
    public const string FirstAiders = "first-aiders";
    public const string Drivers = "drivers";
    public const string CraneTraining = "EXT-9";

    private static readonly string[] FirstNames =
    [
        "Ada", "Alan", "Barbara", "Claude", "Donald", "Edsger", "Frances", "Grace", "Hedy", "Ivan",
        "Jean", "Katherine", "Leslie", "Margaret", "Niklaus", "Olga", "Peter", "Radia", "Sophie", "Tim",
    ];

    private static readonly string[] LastNames =
    [
        "Archer", "Baker", "Carter", "Dyer", "Ekström", "Fischer", "Granger", "Hunter", "Ivanova", "Jäger",
        "Kowalski", "López", "Miller", "Nowak", "O'Neill",
    ];

    /// <summary>Parents come before their children.</summary>
    public static IReadOnlyList<(string Id, string Name, string? Parent)> Branches { get; } =
    [
        (Root, "Acme", null),
        ("north", "North", Root), ("north-plant", "North plant", "north"), ("north-office", "North office", "north"),
        ("south", "South", Root), ("south-plant", "South plant", "south"), ("south-yard", "South yard", "south"),
    ];

    public static IReadOnlyList<(string Id, string Name, int Every)> Groups { get; } =
        [(FirstAiders, "First aiders", 8), (Drivers, "Drivers", 5)];

    public static string UserId(int number) => $"u-{number}";

    public static object User(int number)
    {
        var first = FirstNames[number % FirstNames.Length];
        var last = LastNames[number / FirstNames.Length % LastNames.Length];
        return new
        {
            username = $"{first}.{last}".ToLowerInvariant(),
            firstName = first,
            lastName = last,
            email = $"u-{number}@acme.example",
            branchId = Branches[1 + (number % (Branches.Count - 1))].Id,
        };
    }

    public static IReadOnlyDictionary<string, object> Certifications { get; } = new Dictionary<string, object>
    {
        ["FIRE-1"] = new { title = "Fire warden", validity = Validity(24, "months"), renewalWindowDays = 90 },
        ["FIRST-AID"] = new { title = "First aid", validity = Validity(2, "years"), renewalWindowDays = 60 },
        ["CRANE-2"] = new
        {
            title = "Crane operator",
            validity = Validity(1, "years"),
            activities = new[] { new { type = "externalTraining", id = CraneTraining } },
        },
        ["GDPR"] = new { title = "Data protection", description = "Never expires." },
    };

    /// <summary>One award of every kind: a job, some about to expire, some expired, some always valid.</summary>
    public static IReadOnlyList<(string Code, object Body)> Awards(DateOnly today) =>
    [
        ("FIRE-1", new { branches = new[] { Root }, includeSubBranches = true, issuedOn = Date(today), confirmUsers = Users }),
        ("FIRST-AID", new { groups = new[] { FirstAiders }, issuedOn = Date(today.AddMonths(-23)), reason = "yearly course" }),
        ("CRANE-2", new
        {
            groups = new[] { Drivers },
            issuedOn = Date(today.AddMonths(-13)),
            association = new { type = "externalTraining", activityId = CraneTraining },
        }),
        ("GDPR", new { users = new[] { UserId(1), UserId(2), UserId(3) }, alwaysValid = true }),
    ];

    private static object Validity(int value, string unit) => new { value, unit };

    private static string Date(DateOnly date) => date.ToString("O", provider: null);
}
