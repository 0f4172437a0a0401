using CertFunctions.LocalHost;

return await CommandLine.RunAsync(args);
