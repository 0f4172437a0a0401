using CertFunctions.Benchmarks.Figures;

namespace CertFunctions.Benchmarks;

internal static class AllFigures
{
    public static async IAsyncEnumerable<Measured> MeasureAsync(Bench bench, Options options)
    {
        if (options.Wants("G1", "G1r", "G2", "G3", "G5", "G13", "P", "U"))
        {
            await foreach (var measured in new JobFigures(bench, options).MeasureAsync())
            {
                yield return measured;
            }
        }

        if (options.Wants("G4"))
        {
            yield return await new HostFigures(bench, options).MeasureAsync();
        }

        if (options.Wants("G6"))
        {
            yield return await new FewFigures(bench, options).MeasureAsync();
        }

        if (options.Wants("G7", "G8", "G9"))
        {
            await foreach (var measured in new PageFigures(bench, options).MeasureAsync())
            {
                yield return measured;
            }
        }

        if (options.Wants("G10"))
        {
            yield return await new PostFigures(bench, options).MeasureAsync();
        }

        await foreach (var measured in new CsvFigures(options).MeasureAsync())
        {
            yield return measured;
        }

        if (options.Wants("G14"))
        {
            yield return await new ColdStartFigures(bench, options).MeasureAsync();
        }

        if (options.Wants("W1", "W2"))
        {
            await foreach (var measured in new WebhookFigures(bench, options).MeasureAsync())
            {
                yield return measured;
            }
        }

        await foreach (var measured in new RowCostFigures(options).MeasureAsync())
        {
            yield return measured;
        }

        if (options.Wants("G22"))
        {
            yield return await new BehindImportFigures(options).MeasureAsync();
        }

        await foreach (var measured in new FileFigures(bench, options).MeasureAsync())
        {
            yield return measured;
        }
    }
}
