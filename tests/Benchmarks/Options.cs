using System.Globalization;

namespace CertFunctions.Benchmarks;

/// <summary>How much to measure.</summary>
internal sealed record Options
{
    public const string Usage =
        """
        dotnet run -c Release --project tests/Benchmarks [--quick | --full] [--only G3,G4]
          [--file-rows 2000] [--import-rows 20000] [--new-users 20000] [--renamed-users 300] [--renamed-certifications 30]
        """;

    private static readonly Options Default = new();

    private static readonly Options Quick = new()
    {
        Users = 2_000,
        LargeList = 10_000,
        LargeGroup = 2_000,
        CsvMegabytes = 100,
        CsvRows = 300_000,
        ImportRows = 5_000,
        NewUsers = 2_000,
        Pairs = 3,
    };

    private static readonly Options Full = new() { LargeJob = 100_000, LargeList = 100_000, LargeGroup = 100_000, ImportRows = 100_000 };

    private static readonly Dictionary<string, Func<Options, int, Options>> Numbers = new()
    {
        ["--file-rows"] = (options, number) => options with { FileRows = number },
        ["--import-rows"] = (options, number) => options with { ImportRows = number },
        ["--new-users"] = (options, number) => options with { NewUsers = number },
        ["--renamed-users"] = (options, number) => options with { RenamedUsers = number },
        ["--renamed-certifications"] = (options, number) => options with { RenamedCertifications = number },
    };

    /// <summary>Of the job of G1-G4.</summary>
    public int Users { get; init; } = 10_000;

    /// <summary>Of the job of G5; null: left out.</summary>
    public int? LargeJob { get; init; }

    /// <summary>Awards of the larger list of G8.</summary>
    public int LargeList { get; init; } = 20_000;

    /// <summary>Members of the larger group of G10. The emulator takes 460 s to fill a partition of 100,000 rows.</summary>
    public int LargeGroup { get; init; } = 20_000;

    /// <summary>Of the larger file of G12.</summary>
    public int CsvMegabytes { get; init; } = 1_000;

    /// <summary>Of the larger files of G12u.</summary>
    public int CsvRows { get; init; } = 1_000_000;

    /// <summary>Of the files of G16-G20.</summary>
    public int FileRows { get; init; } = 2_000;

    /// <summary>Of the file of G22: up to the 16 MiB of an upload. The emulator takes more than five times as long for five times the rows.</summary>
    public int ImportRows { get; init; } = 20_000;

    /// <summary>Of the file of G23.</summary>
    public int NewUsers { get; init; } = 20_000;

    /// <summary>Of R.</summary>
    public int RenamedUsers { get; init; } = 300;

    /// <summary>How many each user of R holds.</summary>
    public int RenamedCertifications { get; init; } = 30;

    /// <summary>How often raw and ours take turns.</summary>
    public int Pairs { get; init; } = 5;

    /// <summary>The figures to measure; empty: all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <returns>Null: not understood.</returns>
    public static Options? Parse(string[] args)
    {
        var options = args.Contains("--quick") ? Quick : args.Contains("--full") ? Full : Default;
        for (var index = 0; index < args.Length; index++)
        {
            switch (args[index])
            {
                case "--quick" or "--full":
                    break;
                case "--only" when index + 1 < args.Length:
                    options = options with { Only = args[++index].Split(',', StringSplitOptions.TrimEntries) };
                    break;
                case var name when Numbers.TryGetValue(name, out var set) && index + 1 < args.Length
                    && int.TryParse(args[++index], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0:
                    options = set(options, number);
                    break;
                default:
                    return null;
            }
        }

        return options;
    }

    public bool Wants(params ReadOnlySpan<string> figures)
    {
        foreach (var figure in figures)
        {
            if (Only.Contains(figure, StringComparer.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return Only.Count == 0;
    }
}
