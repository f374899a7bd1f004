"""Rules of Azure Machine Learning."""
