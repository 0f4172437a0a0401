namespace CertFunctions.Benchmarks;

internal static class Details
{
    public static void Print(IReadOnlyDictionary<string, int> requests)
    {
        foreach (var (what, count) in requests.OrderByDescending(request => request.Value))
        {
            Console.WriteLine($"  {count,6} {what}");
        }
    }
}
