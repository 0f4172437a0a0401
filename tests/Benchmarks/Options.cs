namespace CertFunctions.Benchmarks;

/// <summary>How much to measure.</summary>
/// <param name="Users">Of the job of G1-G4.</param>
/// <param name="LargeJob">Of the job of G5; null: left out.</param>
/// <param name="LargeList">Awards of the larger list of G8.</param>
/// <param name="LargeGroup">Members of the larger group of G10. The emulator takes 460 s to fill a partition of 100,000 rows.</param>
/// <param name="CsvMegabytes">Of the larger file of G12.</param>
/// <param name="Pairs">How often raw and ours take turns.</param>
/// <param name="Only">The figures to measure; empty: all.</param>
internal sealed record Options(int Users, int? LargeJob, int LargeList, int LargeGroup, int CsvMegabytes, int Pairs, IReadOnlyList<string> Only)
{
    public const string Usage = "dotnet run -c Release --project tests/Benchmarks [--quick | --full] [--only G3,G4]";

    private static readonly Options Default = new(10_000, null, 20_000, 20_000, 1_000, 5, []);
    private static readonly Options Quick = new(2_000, null, 10_000, 2_000, 100, 3, []);
    private static readonly Options Full = new(10_000, 100_000, 100_000, 100_000, 1_000, 5, []);

    /// <returns>Null: not understood.</returns>
    public static Options? Parse(string[] args)
    {
        var options = Default;
        IReadOnlyList<string> only = [];
        for (var index = 0; index < args.Length; index++)
        {
            switch (args[index])
            {
                case "--quick":
                    options = Quick;
                    break;
                case "--full":
                    options = Full;
                    break;
                case "--only" when index + 1 < args.Length:
                    only = args[++index].Split(',', StringSplitOptions.TrimEntries);
                    break;
                default:
                    return null;
            }
        }

        return options with { Only = only };
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
